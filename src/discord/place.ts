import { InteractionContextType, PermissionFlagsBits, type RepliableInteraction } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Services } from './command.ts';
import type { Filling } from './open-form.ts';

const { AttachFiles, EmbedLinks, ViewChannel } = PermissionFlagsBits;

const TO_ANSWER = [
  ['permission.attachFiles', AttachFiles],
  ['permission.embedLinks', EmbedLinks],
] as const;
/** Discord: in direct messages, and where it is a guest, an app has no permission to view and needs none. */
const IN_ITS_SERVER = [['permission.viewChannel', ViewChannel], ...TO_ANSWER] as const;

/** The owner has not opened the bot for this place: nothing that a member does mends it. */
export class PlaceRefused extends UserError {
  override readonly name = 'PlaceRefused';
}

/**
 * @param wanted what is to be made: a private card goes to direct messages, and its channel need not
 * take it; the buttons of one do in direct messages what was allowed in its server
 * @throws {UserError} if no video can be made in this place, or none right now
 */
export function refuseHere(
  interaction: RepliableInteraction,
  { allowedGuilds, gate, jobs }: Services,
  wanted: Filling,
): void {
  const { guildId, appPermissions } = interaction;
  const place = guildId ?? wanted.askedIn;
  if (allowedGuilds && !(place && allowedGuilds.includes(place))) {
    throw new PlaceRefused(({ t }) => t('refusal.place'));
  }
  const required = guildId === null || isGuest(interaction) ? TO_ANSWER : IN_ITS_SERVER;
  const missing = wanted.given.isPrivate
    ? []
    : required.filter(([, bit]) => !appPermissions.has(bit));
  if (missing.length > 0) {
    throw new UserError(({ t }) => {
      const permissions = missing.map(([name]) => `**${t(name)}**`);
      return t('refusal.permission', { count: permissions.length, permissions });
    });
  }
  if (gate.isShut) throw new UserError(({ t }) => t('refusal.account'));
  if (!jobs.healthy) throw new UserError(({ t }) => t('refusal.store'));
}

/** Whether the bot itself is not in this place: only this interaction's token reaches it. */
export function isGuest({ authorizingIntegrationOwners, context }: RepliableInteraction): boolean {
  const isOwnChannel = context === InteractionContextType.BotDM;
  return !isOwnChannel && authorizingIntegrationOwners[0] === undefined;
}
