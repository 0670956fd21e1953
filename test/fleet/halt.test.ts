import pg from 'pg';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { BotProcess, LogLine } from '../../simulator/bot-process.ts';
import { BOSS_SCHEMA } from '../../src/fleet/boss.ts';
import { SCHEMA } from '../../src/fleet/database.ts';
import {
  askAndHold,
  askForVideo,
  shareWorld,
  shows,
  submitsOf,
  taskOf,
  tasksOf,
} from '../e2e/world.ts';
import { until } from '../jobs/engine-bench.ts';
import { hasPostgres, sharePostgres } from './postgres.ts';

describe.skipIf(!hasPostgres)('two processes, when one is halted, or their database', () => {
  const postgres = sharePostgres();
  const world = shareWorld({
    settings: { POLL_MAX_MS: '200' },
    started: false,
    // A process that was halted answers late what the other has answered.
    tolerates: /second acknowledgement|acknowledged after 3 seconds/,
  });
  let owner: BotProcess;
  let other: BotProcess;
  let database: pg.Pool;

  beforeAll(async () => {
    // The address may say how long a question may take: a second, for tests wait for it.
    const url = `${await postgres().createDatabase()}?query_timeout=1000`;
    owner = world().another({ DATABASE_URL: url });
    other = world().another({ DATABASE_URL: url });
    await Promise.all([owner.startAndConnect(), other.startAndConnect()]);
    database = new pg.Pool({ connectionString: url });
    // PostgreSQL may end first.
    database.on('error', () => {});
    return () => database.end();
  });

  /** Asks for a job that one process gets, for the other is halted meanwhile. */
  async function askOwner<Asked>(ask: () => Promise<Asked>): Promise<Asked> {
    other.signal('SIGSTOP');
    try {
      return await ask();
    } finally {
      other.signal('SIGCONT');
    }
  }

  /** Halts that process, and makes it look as if that had been for a minute. */
  async function haltOwner(jobId: string): Promise<void> {
    owner.signal('SIGSTOP');
    onTestFinished(() => owner.signal('SIGCONT'));
    await database.query(
      `UPDATE ${BOSS_SCHEMA}.job SET heartbeat_on = heartbeat_on - interval '1 minute'
       WHERE singleton_key = $1 AND state = 'active'`,
      [jobId],
    );
  }

  test('the answer of a submit reaches a process that lost the job meanwhile: it is delivered', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    world().seedance.faults.add({ route: 'submit', do: { until: answered } });
    const { card, asked } = await askOwner(async () => {
      const job = await askForVideo(world());
      await taskOf(world(), job.asked);
      return job;
    });
    await haltOwner(asked.id);
    await shows(world(), card, 'We lost the answer');
    answer();
    owner.signal('SIGCONT');
    await shows(world(), card, 'AI-generated');
    expect(tasksOf(world(), asked)).toHaveLength(1);
    expect(submitsOf(world(), asked)).toHaveLength(1);
  });

  test('a process that is halted for long, and goes on, makes nothing twice', async () => {
    const { discord, seedance } = world();
    const { card, asked, task } = await askOwner(() => askAndHold(world()));
    const messages = discord.state.messages.size;
    await haltOwner(asked.id);
    seedance.finish(task.requestId);
    await shows(world(), card, 'AI-generated');
    owner.signal('SIGCONT');
    await owner.logged(({ msg, jobId }) => /taken this job over/.test(msg) && jobId === asked.id);
    expect(submitsOf(world(), asked)).toHaveLength(1);
    expect(discord.state.messages.size).toBe(messages);
  });

  test('while the database hangs what runs goes on, commands are refused, and all is saved', async () => {
    const { discord, seedance } = world();
    const { card, asked, task } = await askAndHold(world());
    const goOn = await postgres().halt();
    onTestFinished(goOn);
    seedance.finish(task.requestId);
    const refused = await (await discord.member().slash('video', { prompt: 'A kite' })).response;
    expect(refused.ephemeral).toBe(true);
    expect(refused.message?.text()).toContain('can’t take new videos');
    const hasEnded = ({ msg, jobId }: LogLine) => msg === 'Generation ended' && jobId === asked.id;
    await Promise.any([owner, other].map((one) => one.logged(hasEnded)));
    goOn();
    await shows(world(), card, 'AI-generated');
    const saved = `SELECT 1 FROM ${SCHEMA}.jobs WHERE id = $1 AND record ->> 'state' = 'succeeded'`;
    await until(async () => (await database.query(saved, [asked.id])).rowCount);
    expect(submitsOf(world(), asked)).toHaveLength(1);
  });
});
