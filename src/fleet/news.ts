import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import * as z from 'zod';
import { CALLED } from '../jobs/alarm.ts';
import { STAGES } from './boss.ts';

const CHANNEL = 'seedance_bot';

const news = z.union([
  z.object({ wake: z.string(), why: z.literal(CALLED).optional() }),
  z.object({ work: z.enum(STAGES), notBefore: z.number().optional() }),
]);
/**
 * What one process tells all: that a job is to look around, or that there is something to do, at once or
 * at a time in milliseconds since 1970.
 */
export type News = z.output<typeof news>;

/**
 * Tells every process.
 * @param asked a connection within a transaction tells when that is committed
 * @throws what the database throws
 */
export async function tell(asked: Pick<pg.Pool, 'query'>, told: News): Promise<void> {
  await asked.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(told)]);
}

/**
 * Hears what any process tells, on a connection of its own, which comes back by itself.
 * @param onConnected called each time that it has connected: before that, something may have been missed
 * @throws what the database throws, if it does not connect at first
 */
export async function listen(
  boss: PgBoss,
  hear: (told: News) => void,
  onConnected: () => void,
): Promise<{ close(): Promise<void> }> {
  const onNotification = (payload: string): void => {
    const told = news.safeParse(parsed(payload)).data;
    if (told) hear(told);
  };
  const ear = await boss.getDb().listen?.(CHANNEL, onNotification, onConnected);
  if (!ear) throw new TypeError('pg-boss on PostgreSQL listens');
  return ear;
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
