import { expect, test } from 'vitest';
import type {
  FaultAction as DiscordFault,
  SimInteraction,
  SimMessage,
  SimRequest,
} from '../../simulator/discord/discord.ts';
import type { FaultAction as SeedanceFault } from '../../simulator/seedance/faults.ts';
import { labels, press } from './conversation.ts';
import { startWorld, submitsOf, tasksOf, type World } from './world.ts';

/** Fewer than there may be: `CHAOS_JOBS=500 npm test` has the time for more. */
const JOBS = Number(process.env.CHAOS_JOBS ?? 200);
const MEMBERS = 25;
/** Every so many commands, the member thinks better of it at once. */
const CANCEL_EACH = 10;
/** Every so many cards that have ended, somebody wants the same once more. */
const AGAIN_EACH = 10;
const SHARE_OF_FAULTS = 0.2;
/** How many commands may be unanswered at a time: the 3 seconds to answer are real ones. */
const ABREAST = 10;

/** Another one in each run. The same again: `CHAOS_SEED=123 npm test`. */
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);

const html = '<h1>Bad Gateway</h1>';
const soon = { 'retry-after': '0' };

const DISCORD_FAULTS: DiscordFault[] = [
  { status: 500 },
  { status: 502, html },
  { status: 429, headers: soon, body: { message: 'limited', retry_after: 0, global: false } },
  { delayMs: 40 },
  'reset',
  'reset-after',
];

const SEEDANCE_FAULTS: SeedanceFault[] = [
  { status: 500, body: { success: false, error: { code: 'internal', message: 'oops' } } },
  { status: 502, html },
  { status: 200, html },
  { status: 429, headers: soon },
  { status: 503, body: { success: false, error: 'busy' } },
  { delayMs: 40 },
  'reset',
  'reset-after',
  'truncate',
  { acceptBut: {} },
];

/** How the card of a job may end, and the buttons that it then has. */
const ENDS: Record<string, string[]> = {
  'AI-generated': ['Remix', 'Again', 'More'],
  'We lost the answer': ['Try again anyway', 'More'],
  'Seedance isn’t answering': ['Try again', 'Edit', 'More'],
  '**Cancelled**': ['Edit', 'More'],
};
/** The buttons that make another job at once. */
const ONCE_MORE = ['Again', 'Try again'];
/** How a card ends that Discord took without the bot's learning of it: there is no job then. */
const NEVER_STARTED = 'This one never started';

test(`${JOBS} jobs while a fifth of all requests fail: each ends, and none is paid twice`, {
  timeout: 180_000,
}, async () => {
  const world = await startWorld({
    settings: { SEEDANCE_MAX_CONCURRENT: '20' },
    seedance: { renderMs: 20 },
    // What comes of an acknowledgement that was taken, and its answer lost; or, on a busy machine, of
    // one that comes late: then there is no job.
    tolerates: /second acknowledgement|acknowledged after 3 seconds/,
  });
  try {
    await play(world);
  } catch (error) {
    throw new Error(`CHAOS_SEED=${seed}: ${error}`, { cause: error });
  }
});

async function play(world: World): Promise<void> {
  const { bot, discord, seedance } = world;
  const random = randomNumbers(seed);
  const pick = <Fault>(faults: readonly Fault[]): Fault | undefined =>
    random() < SHARE_OF_FAULTS ? faults[Math.floor(random() * faults.length)] : undefined;
  const faulty: SimRequest[] = [];
  discord.faults.random = (request) => {
    const fault = pick(DISCORD_FAULTS);
    if (fault) faulty.push(request);
    return fault;
  };
  seedance.faults.random = () => pick(SEEDANCE_FAULTS);

  const asked = await askForAll(world);
  await waitForEnds(world, asked);
  const clicks = await askOnceMore(world, asked);
  await waitForEnds(world, clicks);
  const commands = [...asked, ...clicks];

  const jobs = commands.filter(({ original }) => original && isJob(original));
  for (const { id } of jobs) {
    await bot.logged(({ msg, jobId }) => msg === 'Done' && jobId === id);
  }
  const videos = jobs.filter(({ original }) => original?.video()?.attached);
  expect(videos.length).toBeGreaterThan(JOBS / 3);
  const again = jobs.filter((job) => clicks.includes(job));
  expect(again.length).toBeGreaterThan(JOBS / AGAIN_EACH / 3);
  for (const command of jobs) checkJob(world, command, faulty);
  for (const command of commands) {
    if (jobs.includes(command)) continue;
    expect(submitsOf(world, command), 'submits of what is no job').toEqual([]);
  }
  const cards = new Set(commands.map(({ original }) => original?.id));
  const others = [...discord.state.messages.values()].filter(
    ({ id, ephemeral }) => !ephemeral && !cards.has(id),
  );
  expect(others.map((message) => message.text())).toEqual([]);
}

/** Looks at a card when it changes, and only at that one: there are thousands of changes. */
async function waitForEnds(world: World, commands: readonly SimInteraction[]): Promise<void> {
  const { discord } = world;
  const unended = new Map(
    commands
      .filter((command) => !hasEnded(command))
      .map((command) => [command.original?.id, command] as const),
  );
  const look = ({ id }: SimMessage) => {
    const command = unended.get(id);
    if (command && hasEnded(command)) unended.delete(id);
  };
  discord.event.on('message', look);
  try {
    await discord.waitFor(() => unended.size === 0, { timeoutMs: 60_000 });
  } catch {
    const [first] = unended.values();
    throw new Error(`${unended.size} never ended, such as this one:\n${storyOf(world, first)}`);
  } finally {
    discord.event.off('message', look);
  }
}

/** So many commands by so many members, some of whom cancel at once. */
async function askForAll({ discord }: World): Promise<SimInteraction[]> {
  const members = Array.from({ length: MEMBERS }, (_, index) =>
    discord.member({ name: `member${index}` }),
  );
  const commands: SimInteraction[] = [];
  let next = 0;
  const askInTurn = async (): Promise<void> => {
    while (next < JOBS) {
      const number = next;
      next += 1;
      const member = members[number % MEMBERS];
      const command = await member?.slash('video', { prompt: `Paper boat ${number}` });
      if (!command || !member) return;
      commands.push(command);
      const { message, ephemeral } = await command.response;
      if (message && !ephemeral && number % CANCEL_EACH === 0) {
        await member.clickRaw(message, `cancel:${command.id}`);
      }
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, askInTurn));
  return commands;
}

/** Now and then a member presses Again, or Try again, where a card or a refusal offers it. */
async function askOnceMore(
  world: World,
  commands: readonly SimInteraction[],
): Promise<SimInteraction[]> {
  const clicks: SimInteraction[] = [];
  for (const [number, { original, subject }] of commands.entries()) {
    const label = original && labels(original).find((one) => ONCE_MORE.includes(one));
    // Not those that were cancelled: they can only be edited.
    if (number % AGAIN_EACH !== AGAIN_EACH / 2 || !label) continue;
    const member = world.discord.member({ id: subject.user.id });
    const click = await press(world, member, original, label);
    await click.response;
    clicks.push(click);
  }
  return clicks;
}

function isJob(card: SimMessage): boolean {
  return !card.ephemeral && !card.text().includes(NEVER_STARTED);
}

/** Whether its member knows how it ended; a command that got no card at all is Discord's to tell. */
function hasEnded({ acknowledged, original }: SimInteraction): boolean {
  if (!acknowledged || !original || !isJob(original)) return true;
  return endOf(original) !== undefined;
}

/** The words with which a card says how it ended. */
function endOf(card: SimMessage): string | undefined {
  return Object.keys(ENDS).find((words) => card.text().includes(words));
}

/** @param faulty what went wrong at Discord: each may have cost one edit more, and no more */
function checkJob(world: World, command: SimInteraction, faulty: readonly SimRequest[]): void {
  const card = command.original;
  if (!card) throw new Error('There is no card');
  const submits = submitsOf(world, command).map(({ status }) => status);
  const tasks = tasksOf(world, command);
  expect(tasks.length, 'tasks of a job').toBeLessThanOrEqual(1);
  // Only after an answer that says «not taken» may there be another submit.
  for (const status of submits.slice(0, -1)) expect([429, 503]).toContain(status);
  expect(labels(card)).toEqual(ENDS[endOf(card) ?? '']);
  const faults = faulty.filter(({ path }) => path.includes(command.token));
  expect(card.edits).toBeLessThanOrEqual(4 + faults.length);
  if (card.text().includes('AI-generated')) {
    expect(tasks[0]?.status).toBe('succeeded');
    expect(card.video()?.bytes?.length).toBe(world.seedance.video.length);
  }
}

/** What is known of one command, to find out what became of it. */
function storyOf(world: World, command: SimInteraction | undefined): string {
  if (!command) return '';
  const { bot, discord } = world;
  const requests = discord.state.requests.filter(({ path }) => path.includes(command.token));
  const met = requests.map(({ method, status, code }) => `${method} ${status} ${code ?? ''}`);
  const submits = submitsOf(world, command).map(({ status }) => `submit ${status}`);
  const said = bot.logs
    .filter(({ jobId }) => jobId === command.id)
    .map((line) => JSON.stringify(line));
  return [command.original?.text(), ...met, ...submits, ...said].join('\n');
}

/** Mulberry32: a stream of numbers from 0 to 1 that its seed decides. */
function randomNumbers(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
