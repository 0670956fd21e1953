import { PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import { CONNECT_MS, QUERY_MS, SCHEMA, unusable } from './database.ts';

/**
 * What a job waits for: a slot to be made in; nothing, for it has a slot or needs none; to be
 * delivered. Each is a queue of pg-boss.
 */
export const STAGES = ['generate', 'resume', 'deliver'] as const;
export type Stage = (typeof STAGES)[number];

/** pg-boss keeps its tables in a schema of its own. */
export const BOSS_SCHEMA = `${SCHEMA}_queue`;

/** pg-boss: a day at the most. Whoever is still at it then goes on, as one that took it over. */
const EXPIRE_SECONDS = 86_400;

/**
 * Starts pg-boss on the database of a fleet, and makes its tables and queues where they are missing.
 * @param heartbeatSeconds a process that is not heard of for this long has lost its jobs; pg-boss: 10 at
 * the least
 * @throws {StoreError} if it can't be used, in one line for the operator
 */
export async function startBoss(url: string, heartbeatSeconds: number, log: Log): Promise<PgBoss> {
  const options = {
    connectionString: url,
    schema: BOSS_SCHEMA,
    application_name: 'seedance-bot queue',
    max: 4,
    connectionTimeoutMillis: CONNECT_MS,
    // Not among pg-boss' own options: it hands them on to the pool.
    query_timeout: QUERY_MS,
    statement_timeout: QUERY_MS,
    // Not by itself: after the database was gone for a while, each process first says that it lives.
    supervise: false,
    schedule: false,
    monitorIntervalSeconds: 1,
    // Nobody reads its list of processes.
    registerInstance: false,
    openTelemetry: { enabled: false },
  };
  const boss = new PgBoss(options);
  boss.on('error', (err) => log.warn({ err }, 'The queue reports an error'));
  boss.on('warning', (warning) => log.debug({ warning }, 'The queue warns'));
  try {
    await boss.start();
    const kept = {
      retryLimit: 0,
      heartbeatSeconds,
      expireInSeconds: EXPIRE_SECONDS,
      deleteAfterSeconds: 600,
    };
    for (const name of STAGES) {
      await boss.createQueue(name, { policy: 'exclusive', ...kept });
      // One that is there already stays as an older version made it.
      await boss.updateQueue(name, kept);
    }
    return boss;
  } catch (cause) {
    await boss.stop({ graceful: false });
    throw unusable(cause);
  }
}
