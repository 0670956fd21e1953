import { request } from 'undici';
import type { Row } from './row.ts';
import { troubleOf } from './trouble.ts';

const ANSWER_MAX_MS = 10_000;
const NOTED_MS = 2000;
const WRONG_MS = 60_000;
/** The header counts whole seconds. */
const HALF_A_SECOND_MS = 500;

/**
 * This machine's clock against the `Date` header of Discord's answers (RFC 9110 §6.6.1). The ages of
 * tokens and of everything that has an id are counted by it.
 */
export async function checkClock(discordUrl: string): Promise<Row> {
  const name = 'clock';
  const askedAt = Date.now();
  let header: unknown;
  try {
    const answer = await request(`${discordUrl}/v10/gateway`, {
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
    });
    header = answer.headers.date;
    await answer.body.dump();
  } catch (error) {
    return {
      name,
      state: 'skipped',
      saw: `Discord ${troubleOf(error)}: no clock to compare with.`,
    };
  }
  const theirs = Date.parse(String(header)) + HALF_A_SECOND_MS;
  if (Number.isNaN(theirs)) {
    return { name, state: 'skipped', saw: 'Discord does not say what time it is.' };
  }
  const offMs = (askedAt + Date.now()) / 2 - theirs;
  const amount = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
  const off = `${amount.format(Math.abs(offMs) / 1000)} seconds ${offMs < 0 ? 'behind' : 'ahead of'} Discord’s`;
  const mend = 'Set this machine’s clock by the network (NTP): timedatectl set-ntp true.';
  if (Math.abs(offMs) > WRONG_MS) return { name, state: 'wrong', saw: `It is ${off}.`, mend };
  if (Math.abs(offMs) > NOTED_MS) return { name, state: 'note', saw: `It is ${off}.`, mend };
  return { name, state: 'ok', saw: 'It goes with Discord’s.' };
}
