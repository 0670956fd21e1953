import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Discord, Member, SimMessage } from '../discord/discord.ts';
import type { PersonName } from '../page-protocol/choices.ts';
import { LOCALES } from '../page-protocol/choices.ts';
import type { Everything, SeenChannel, SeenMessage, SeenPerson } from '../page-protocol/told.ts';
import type { Room } from './room.ts';

/** A message as a member sees it; undefined if they don't. */
export function seenMessage(
  { discord }: Room['stage'],
  member: Member,
  message: SimMessage,
): SeenMessage | undefined {
  const shown = member.shown(message);
  if (!shown) return undefined;
  const isOwn = message.authorId === member.id;
  const manages = (member.user.permissions & PermissionFlagsBits.ManageMessages) !== 0n;
  const isDirect = discord.channels.get(message.channelId)?.guildId === null;
  return {
    message: shown,
    pingsYou: message.pinged.includes(member.id),
    mayDelete: isOwn || (manages && !isDirect && !message.ephemeral),
    command: commandOf(discord, message),
  };
}

function commandOf({ interactions }: Discord, { interactionMetadata: from }: SimMessage) {
  if (from === null) return null;
  const { id } = from.openedBy ?? from;
  const interaction = [...interactions.values()].find((one) => one.id === id);
  return interaction?.subject.commandName ?? null;
}

/** The commands that a member's client offers, by channel. */
export function seenCommands(discord: Discord, member: Member): Everything['commands'] {
  const channels = seenChannels(discord, member);
  return Object.fromEntries(
    channels.map(({ id }) => [id, member.commands({ channelId: id })] as const),
  );
}

/** What the switches show to whoever is that person. */
export function seenSwitches(room: Room, who: PersonName): Everything['switches'] {
  const { locale } = room.cast[who].user;
  return {
    who,
    locale: LOCALES.find((known) => known === locale) ?? 'en-US',
    renderMs: room.renderMs,
    mishaps: room.mishaps.on,
    bot: room.bot,
  };
}

/** All that a person has before them. */
export function everything(room: Room, who: PersonName): Everything {
  const { cast, stage, traffic } = room;
  const { discord, seedance } = stage;
  const you = cast[who];
  const messages = [...discord.state.messages.values()];
  return {
    you: person(you),
    people: [...Object.values(cast).map(person), { id: discord.botUserId, name: 'Seedance' }],
    botId: discord.botUserId,
    server: discord.guilds.get(discord.guildId)?.name ?? '',
    channels: seenChannels(discord, you),
    commands: seenCommands(discord, you),
    messages: messages.flatMap((message) => seenMessage(stage, you, message) ?? []),
    requests: traffic.all,
    switches: seenSwitches(room, who),
    maxFileBytes: discord.attachmentSizeLimit,
    hosts: {
      'https://cdn.discordapp.com/': '/cdn/',
      'https://media.discordapp.net/': '/cdn/',
      [`${new URL(seedance.apiUrl).origin}/results/`]: '/results/',
    },
  };
}

function seenChannels(discord: Discord, member: Member): SeenChannel[] {
  const inServer = member.channels(discord.guildId);
  return [
    ...inServer.map(({ id, name }) => ({ id, name, isDirect: false })),
    { id: discord.dmOf(member).channelId, name: 'Seedance', isDirect: true },
  ];
}

function person({ id, name }: Member): SeenPerson {
  return { id, name };
}
