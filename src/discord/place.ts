import { type ChatInputCommandInteraction, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Services } from './command.ts';

const REQUIRED_HERE = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Attach Files', PermissionFlagsBits.AttachFiles],
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
] as const;

/** @throws {UserError} if no video can be made in this place, or none right now */
export function refuseHere(
  interaction: ChatInputCommandInteraction,
  { allowedGuilds, gate, jobs }: Services,
): void {
  const { guildId, appPermissions } = interaction;
  if (allowedGuilds && !(guildId && allowedGuilds.includes(guildId))) {
    throw new UserError('I don’t make videos here: my owner has not opened me for this place.');
  }
  const missing = REQUIRED_HERE.filter(([, bit]) => !appPermissions.has(bit)).map(([name]) => name);
  if (missing.length > 0) {
    const names = new Intl.ListFormat('en').format(missing.map((name) => `**${name}**`));
    throw new UserError(
      `I can’t show a video in this channel: I lack the permission ${names}. Ask a moderator to allow it, or use another channel.`,
    );
  }
  if (gate.isShut) {
    throw new UserError('The bot can’t make videos right now. Its owner has been told.');
  }
  if (!jobs.healthy) {
    throw new UserError(
      'I can’t take new videos for a moment. Nothing was submitted. Try again soon.',
    );
  }
}
