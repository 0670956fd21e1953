import {
  type APIApplicationCommand,
  type APIAuthorizingIntegrationOwnersMap,
  type ApplicationCommandOptionType,
  ApplicationIntegrationType,
  type InteractionType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { apiMessage } from './api-message.ts';
import { SimInteraction } from './interaction.ts';
import { interactionBase } from './interaction-payload.ts';
import type { SimMessage } from './message.ts';
import { appPermissions, isUserInstallOnly, memberPermissions } from './permissions.ts';
import type { SimChannel, SimUser, World } from './world.ts';

/** Where a member acts and what the bot may do there. Defaults: the first channel, as it is. */
export interface Where {
  channelId?: string;
  appPermissions?: bigint;
  attachmentSizeLimit?: number;
  /** Sends what the command does not allow, as a forged client would. */
  raw?: boolean;
}

/** What a member's hands reach: the world, and the way to the bot. */
export interface MemberReach {
  world: World;
  defaultChannelId: string;
  /** Keeps the interaction so that the REST routes find it. */
  register: (interaction: SimInteraction) => void;
  /** Sends an event to the shard that has the server. @returns how many sessions have got it */
  dispatch: (event: string, data: unknown, guildId: string | null) => number;
}

/** One thing a member does, as Discord tells it to the bot. */
export interface Sending {
  type: InteractionType;
  where: Where;
  data: unknown;
  onMessage?: SimMessage | null;
  targetMessage?: SimMessage;
  openedBy?: SimInteraction;
  focused?: ApplicationCommandOptionType;
  command?: APIApplicationCommand;
  /** The command's name, and its subcommand if it has any. */
  typed?: string;
}

/** Gives the channel a member acts in. Throws if there is none, or it is someone else's. */
export function channelFor(reach: MemberReach, user: SimUser, where: Where): SimChannel {
  const id = where.channelId ?? reach.defaultChannelId;
  const channel = reach.world.channels.get(id);
  if (channel === undefined) throw new Error(`there is no channel ${id}`);
  if (channel.recipientId !== null && channel.recipientId !== user.id) {
    throw new Error(`${user.name} cannot see that direct message`);
  }
  return channel;
}

/** Sends an interaction to the bot. */
export function send(reach: MemberReach, user: SimUser, sending: Sending): SimInteraction {
  const { world } = reach;
  const { type, where, data, onMessage = null } = sending;
  const channel = channelFor(reach, user, where);
  const owners = ownersOf(world, user, channel, sending);
  const may = memberPermissions(world, user, channel);
  const interaction = new SimInteraction(world, {
    type,
    user,
    channelId: channel.id,
    guildId: channel.guildId,
    sizeLimit: where.attachmentSizeLimit ?? world.attachmentSizeLimit,
    owners,
    forcedPrivate:
      channel.guildId !== null &&
      !('0' in owners) &&
      (may & PermissionFlagsBits.UseExternalApps) === 0n,
    onMessage,
    targetMessage: sending.targetMessage ?? null,
    openedBy: sending.openedBy ?? null,
    commandName: sending.typed ?? null,
    focused: sending.focused ?? null,
  });
  const base = interactionBase(world, interaction, type, {
    channel,
    appPermissions: where.appPermissions ?? appPermissions(world, channel),
  });
  const message = onMessage === null ? {} : { message: apiMessage(world, onMessage) };
  reach.register(interaction);
  const event = { ...base, ...message, data };
  interaction.hearers = reach.dispatch('INTERACTION_CREATE', event, channel.guildId);
  return interaction;
}

/**
 * Says on whose account the app is there (docs: Authorizing Integration Owners Object). A component
 * and a modal stand on the account of the message or the answer they belong to, whoever uses them.
 */
function ownersOf(
  world: World,
  user: SimUser,
  channel: SimChannel,
  { onMessage, openedBy, command }: Sending,
): APIAuthorizingIntegrationOwnersMap {
  const inherited = openedBy?.subject.owners ?? onMessage?.interactionMetadata?.owners;
  if (inherited !== undefined) return inherited;
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  if (isUserInstallOnly(world, channel)) return { [UserInstall]: user.id };
  const alsoOwn = user.installed && (command?.integration_types?.includes(UserInstall) ?? false);
  return { [GuildInstall]: channel.guildId ?? '0', ...(alsoOwn && { [UserInstall]: user.id }) };
}
