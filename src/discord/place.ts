import { InteractionContextType, PermissionFlagsBits, type RepliableInteraction } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Guilds } from '../guilds/guilds.ts';
import { limitsFor } from '../guilds/limits-for.ts';
import { type GuildRules, NO_RULES } from '../guilds/rules.ts';
import type { Gate } from '../jobs/gate.ts';
import type { Jobs } from '../jobs/store.ts';
import type { Limits } from '../limits.ts';
import type { Context } from './command.ts';
import { inTime } from './in-time.ts';
import type { Filling } from './open-form.ts';
import { PlaceRefused } from './place-refused.ts';
import { refuseByRules, roleIdsOf } from './server-rules.ts';
import { relativeTime } from './text.ts';

const { AttachFiles, EmbedLinks, ViewChannel } = PermissionFlagsBits;

const TO_ANSWER = [
  ['permission.attachFiles', AttachFiles],
  ['permission.embedLinks', EmbedLinks],
] as const;
/** Discord: in direct messages, and where it is a guest, an app has no permission to view and needs none. */
const IN_ITS_SERVER = [['permission.viewChannel', ViewChannel], ...TO_ANSWER] as const;

/** What says who is let in. */
type Door = Pick<
  Context,
  | 'allowedGuilds'
  | 'minAccountAgeMs'
  | 'limits'
  | 'memberships'
  | 'pseudonymOf'
  | 'threads'
  | 'answerBy'
  | 'log'
  | 'now'
> & {
  guilds: Pick<Guilds, 'of'>;
  gate: Pick<Gate, 'refresh' | 'pause' | 'isShut'>;
  jobs: Pick<Jobs, 'healthy'>;
};

/**
 * Asks the store, and where need be Discord, whether a video can be made in this place, by this member,
 * right now.
 * @param wanted what is to be made: a private card goes to direct messages, and its channel need not
 * take it; the buttons of one do in direct messages what was allowed in its server
 * @returns what limits the member here
 * @throws {UserError} if it can't be made, or if one of them can't be asked
 */
export async function admitHere(
  interaction: RepliableInteraction,
  context: Door,
  wanted: Filling,
): Promise<Limits> {
  const guildId = interaction.guildId ?? wanted.askedIn;
  refuseByOwner(interaction, guildId, context);
  const rules = await readRules(guildId, context);
  const roleIds = await roleIdsOf(interaction, wanted.askedIn, context);
  const pseudonym = context.pseudonymOf(interaction.user.id);
  await refuseByRules(interaction, rules, { pseudonym, roleIds }, context);
  refuseUnshown(interaction, wanted);
  refuseForNow(context);
  return limitsFor(context.limits, rules, roleIds);
}

function refuseByOwner(
  { user }: RepliableInteraction,
  guildId: string | undefined,
  { allowedGuilds, minAccountAgeMs, now }: Door,
): void {
  if (allowedGuilds && !(guildId && allowedGuilds.includes(guildId))) {
    throw new PlaceRefused(({ t }) => t('refusal.place'));
  }
  const opensAt = user.createdTimestamp + minAccountAgeMs;
  // By Discord's clock, which may be ahead of ours: with no age asked for, the newest is let in.
  if (minAccountAgeMs > 0 && opensAt > now()) {
    throw new PlaceRefused(({ t }) => t('refusal.accountNew', { when: relativeTime(opensAt) }));
  }
}

/** All that is asked of the store, at once: an acknowledgement waits for it. */
async function readRules(
  guildId: string | undefined,
  { answerBy, gate, guilds, log }: Door,
): Promise<GuildRules> {
  try {
    const asked = Promise.all([guildId ? guilds.of(guildId) : NO_RULES, gate.refresh()]);
    const [rules] = await inTime(asked, answerBy);
    return rules;
  } catch (cause) {
    log.error({ guildId, err: cause }, 'The store can’t be read: no new videos until it can');
    throw new UserError(({ t }) => t('refusal.store'), { cause });
  }
}

/** @throws {UserError} if the bot can't show the video in this channel */
function refuseUnshown(interaction: RepliableInteraction, wanted: Filling): void {
  const { guildId, appPermissions } = interaction;
  const required = guildId === null || isGuest(interaction) ? TO_ANSWER : IN_ITS_SERVER;
  const missing = wanted.given.isPrivate
    ? []
    : required.filter(([, bit]) => !appPermissions.has(bit));
  if (missing.length === 0) return;
  throw new UserError(({ t }) => {
    const permissions = missing.map(([name]) => `**${t(name)}**`);
    return t('refusal.permission', { count: permissions.length, permissions });
  });
}

function refuseForNow({ gate, jobs }: Door): void {
  if (gate.pause) throw new UserError(({ t }) => t('refusal.paused'));
  if (gate.isShut) throw new UserError(({ t }) => t('refusal.account'));
  if (!jobs.healthy) throw new UserError(({ t }) => t('refusal.store'));
}

/** Whether the bot itself is not in this place: only this interaction's token reaches it. */
export function isGuest({ authorizingIntegrationOwners, context }: RepliableInteraction): boolean {
  const isOwnChannel = context === InteractionContextType.BotDM;
  return !isOwnChannel && authorizingIntegrationOwners[0] === undefined;
}
