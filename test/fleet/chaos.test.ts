import pg from 'pg';
import { expect, test } from 'vitest';
import type { BotProcess } from '../../simulator/bot-process.ts';
import type { SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';
import { SCHEMA } from '../../src/fleet/database.ts';
import { startWorld, submitsOf, tasksOf, type World } from '../e2e/world.ts';
import { hasPostgres, type Postgres, sharePostgres } from './postgres.ts';

/** Fewer than there may be: `CHAOS_JOBS=300 npm test` has the time for more. */
const JOBS = Number(process.env.CHAOS_JOBS ?? 100);
const MEMBERS = 20;
/** How many commands may be unanswered at a time. */
const ABREAST = 6;
/** A process is killed each time that so many more cards have ended. */
const KILL_EACH = Math.ceil(JOBS / 8);
/** The database is restarted once, when so many have. */
const RESTART_AT = 3 * KILL_EACH;

const FINISHED = 'AI-generated';
/** Killed while its submit was under way: nobody can know whether that was charged. */
const LOST = 'We lost the answer';

const postgres = sharePostgres();

test.skipIf(!hasPostgres)(
  `${JOBS} jobs by three processes that are killed in turn, and a database that restarts: all are delivered, none is paid twice`,
  { timeout: 240_000 },
  async () => {
    const url = await postgres().createDatabase();
    const world = await startWorld({
      settings: {
        DATABASE_URL: url,
        SEEDANCE_MAX_CONCURRENT: '20',
        POLL_MAX_MS: '200',
      },
      seedance: { renderMs: 400 },
      // Each process gets each command: all but one hear that it is answered already.
      tolerates: /second acknowledgement|acknowledged after 3 seconds/,
    });
    const processes = [world.bot, world.another(), world.another()];
    await Promise.all(processes.slice(1).map((one) => one.startAndConnect()));

    const commands: SimInteraction[] = [];
    const troubles = makeTrouble(world, processes, { url, server: postgres() }, commands);
    await askForAll(world, commands);
    await world.discord.waitFor(() => commands.every(hasEnded), {
      timeoutMs: 120_000,
      what: 'every card to end',
    });
    const { kills, restarts, cut } = await troubles;
    expect(kills).toBeGreaterThan(4);
    expect(restarts).toBe(1);

    const lost = commands.filter(({ original }) => endOf(original) === LOST);
    for (const { id } of lost) expect(cut, 'being submitted when one was killed').toContain(id);
    for (const command of commands) checkJob(world, command);
    const cards = new Set(commands.map(({ original }) => original?.id));
    const others = [...world.discord.state.messages.values()].filter(
      ({ id, ephemeral }) => !ephemeral && !cards.has(id),
    );
    expect(others.map((message) => message.text())).toEqual([]);
    for (const one of processes) expect(one.output).not.toContain('s3cret-of-the-database');
  },
);

/** Asks until so many were taken: while the database is gone, commands are refused in private. */
async function askForAll({ discord }: World, commands: SimInteraction[]): Promise<void> {
  const members = Array.from({ length: MEMBERS }, (_, index) =>
    discord.member({ name: `member${index}` }),
  );
  let asked = 0;
  const askInTurn = async (): Promise<void> => {
    while (asked < JOBS) {
      asked += 1;
      const member = members[asked % MEMBERS];
      const command = await member?.slash('video', { prompt: `Paper boat ${asked}` });
      const response = await command?.response;
      if (command && response?.message && !response.ephemeral) commands.push(command);
      else asked -= 1;
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, askInTurn));
}

async function makeTrouble(
  { discord }: World,
  processes: readonly BotProcess[],
  database: { url: string; server: Postgres },
  commands: readonly SimInteraction[],
): Promise<{ kills: number; restarts: number; cut: Set<string> }> {
  const cut = new Set<string>();
  let kills = 0;
  let restarts = 0;
  for (let ended = KILL_EACH; ended < JOBS; ended += KILL_EACH) {
    await discord.waitFor(() => commands.filter(hasEnded).length >= ended, { timeoutMs: 120_000 });
    if (restarts === 0 && ended >= RESTART_AT) {
      await database.server.down();
      restarts += 1;
      await database.server.up();
    }
    const victim = processes[kills % processes.length];
    await victim?.kill();
    for (const id of await beingSubmitted(database.url)) cut.add(id);
    kills += 1;
    await victim?.startAndConnect();
  }
  return { kills, restarts, cut };
}

async function beingSubmitted(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM ${SCHEMA}.jobs WHERE record ->> 'state' = 'submitting'`,
  );
  await client.end();
  return rows.map(({ id }) => id);
}

function hasEnded({ original }: SimInteraction): boolean {
  return endOf(original) !== undefined;
}

function endOf(card: SimMessage | null | undefined): string | undefined {
  return [FINISHED, LOST].find((words) => card?.text().includes(words));
}

function checkJob(world: World, command: SimInteraction): void {
  const card = command.original;
  const tasks = tasksOf(world, command);
  expect(tasks.length, 'tasks of a job').toBeLessThanOrEqual(1);
  expect(submitsOf(world, command).length, 'submits of a job').toBeLessThanOrEqual(1);
  if (endOf(card) !== FINISHED) return;
  expect(tasks[0]?.status).toBe('succeeded');
  expect(card?.video()?.bytes?.length).toBe(world.seedance.video.length);
}
