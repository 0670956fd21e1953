import { type REST, Routes } from 'discord.js';
import * as z from 'zod';
import { ask, unanswered } from './ask.ts';
import type { Row } from './row.ts';

const gateway = z.object({
  shards: z.number(),
  session_start_limit: z.object({
    total: z.number(),
    remaining: z.number(),
    reset_after: z.number(),
  }),
});

/** Whether the bot can connect, and how many shards Discord wants for its servers. */
export async function checkGateway(rest: REST): Promise<Row> {
  const name = 'gateway';
  const answer = await ask(async () => gateway.parse(await rest.get(Routes.gatewayBot())));
  if (answer.kind !== 'answer') return { name, ...unanswered(answer) };
  const { shards, session_start_limit: starts } = answer.value;
  const saw = `Discord recommends ${shards === 1 ? '1 shard' : `${shards} shards`}; ${starts.remaining} of ${starts.total} connections are left for today.`;
  if (starts.remaining > 0) return { name, state: 'ok', saw };
  const minutes = Math.ceil(starts.reset_after / 60_000);
  return {
    name,
    state: 'wrong',
    saw,
    mend: `Find out what restarts the bot again and again; it can connect in ${minutes} minutes.`,
  };
}
