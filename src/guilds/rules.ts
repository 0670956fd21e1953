import * as z from 'zod';
import { LOCALES } from '../locale.ts';

/** How many channels, and how many roles, a server's rules may name: all of them fit into one card. */
export const NAMED_MAX = 25;
/** How many roles may get more: each of them is a line of that card. */
export const MORE_MAX = 10;
/** How many members a server may shut out. */
export const BLOCKED_MAX = 5000;

const snowflake = z.string().regex(/^\d{1,20}$/);
const amount = z.number().int().min(0).optional();
const count = z.object({ videos: amount, credits: amount });
const allowance = z.object({ day: count.optional(), month: count.optional() });

const logChannel = z.object({
  channelId: snowflake,
  /** Whether its lines tell what members asked for. */
  prompts: z.boolean(),
  /** The server's own language. */
  locale: z.enum(LOCALES),
  /** Discord takes nothing there: the channel is gone, or the bot may not write in it. */
  fails: z.boolean().optional(),
});
/** Where a server's managers read what happens with the bot there. */
export type LogChannel = z.output<typeof logChannel>;

export const guildRules = z.object({
  /** What the server's members may spend there together. */
  server: allowance,
  /** What each of them may spend there. */
  member: allowance,
  /** The same for members with a role, by its id: it only ever gives more. */
  more: z.record(snowflake, allowance),
  /** The pause from one video of a member to their next. */
  cooldownMs: z.number().int().min(0),
  /** Where videos may be asked for: there and in the threads there. None: everywhere. */
  channels: z.array(snowflake),
  /** Who may ask for one: whoever has one of these roles. None: everyone. */
  roles: z.array(snowflake),
  /** Who may not, by pseudonym. */
  blocked: z.array(z.string()),
  log: logChannel.optional(),
});
/** What a server's managers have set. */
export type GuildRules = z.output<typeof guildRules>;

/** A server whose managers have set nothing. */
export const NO_RULES: GuildRules = {
  server: {},
  member: {},
  more: {},
  cooldownMs: 0,
  channels: [],
  roles: [],
  blocked: [],
};
