import { InteractionContextType, PermissionFlagsBits, type RepliableInteraction } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Services } from './command.ts';

const { AttachFiles, EmbedLinks, ViewChannel } = PermissionFlagsBits;

const TO_ANSWER = [
  ['permission.attachFiles', AttachFiles],
  ['permission.embedLinks', EmbedLinks],
] as const;
/** Discord: in direct messages, and where it is a guest, an app has no permission to view and needs none. */
const IN_ITS_SERVER = [['permission.viewChannel', ViewChannel], ...TO_ANSWER] as const;

/**
 * @param isPrivate the card goes to direct messages: the channel need not take it
 * @throws {UserError} if no video can be made in this place, or none right now
 */
export function refuseHere(
  interaction: RepliableInteraction,
  { allowedGuilds, gate, jobs }: Services,
  isPrivate: boolean,
): void {
  const { guildId, appPermissions } = interaction;
  if (allowedGuilds && !(guildId && allowedGuilds.includes(guildId))) {
    throw new UserError(({ t }) => t('refusal.place'));
  }
  const required = guildId === null || isGuest(interaction) ? TO_ANSWER : IN_ITS_SERVER;
  const missing = isPrivate ? [] : required.filter(([, bit]) => !appPermissions.has(bit));
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
