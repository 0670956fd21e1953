import {
  ChannelType,
  PermissionFlagsBits,
  PermissionsBitField,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import * as z from 'zod';
import {
  guildWithRoles,
  memberWithRoles,
  overwrites,
  permissionsIn,
} from '../discord/channel-permissions.ts';
import { type Answer, ask, unanswered } from './ask.ts';
import type { Row } from './row.ts';

const channel = z.object({
  name: z.string().nullish(),
  type: z.number(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: overwrites,
});

const THREADS = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

/** A channel to be looked at. */
export interface Looked {
  /** How it is called as long as nothing is known of it. */
  label: string;
  /** The permissions that the bot needs there. */
  needed: readonly bigint[];
}

type Member = {
  guild: z.output<typeof guildWithRoles>;
  member: z.output<typeof memberWithRoles>;
};

/** What the bot may do in channels, by their ids. What is asked of a server is asked once. */
export class ChannelCheck {
  readonly #rest: REST;
  readonly #botId: string;
  readonly #members = new Map<string, Promise<Answer<Member>>>();

  constructor(rest: REST, botId: string) {
    this.#rest = rest;
    this.#botId = botId;
  }

  async check(id: string, { label, needed: usual }: Looked): Promise<Row> {
    const name = 'permissions';
    const found = await this.#channel(id);
    if (found.kind === 'refused') return { name, ...refusal(found, label) };
    if (found.kind === 'trouble') return { name, ...unanswered(found) };
    const { guild_id: guildId, parent_id: parentId, type } = found.value;
    if (guildId === undefined) {
      return { name, state: 'skipped', saw: `${label} is a direct message: nothing is asked for.` };
    }
    const isThread = THREADS.has(type);
    const holder = isThread && parentId ? await this.#channel(parentId) : found;
    if (holder.kind === 'refused') return { name, ...refusal(holder, `The parent of ${label}`) };
    if (holder.kind === 'trouble') return { name, ...unanswered(holder) };
    const known = await this.#member(guildId);
    if (known.kind !== 'answer') return { name, ...unanswered(known) };

    const { guild, member } = known.value;
    const needed = new PermissionsBitField(usual);
    // Discord: in a thread the one for threads stands in for it.
    if (isThread) {
      needed.remove(PermissionFlagsBits.SendMessages);
      needed.add(PermissionFlagsBits.SendMessagesInThreads);
    }
    const changes = holder.value.permission_overwrites;
    const missing = permissionsIn(guild, member, changes, Date.now()).missing(needed);
    const where = `${label} (#${found.value.name ?? '?'} in «${guild.name}»)`;
    if (missing.length === 0) return { name, state: 'ok', saw: `${where}: all that is needed.` };
    const names = missing.map((one) => one.replace(/(?<=[a-z])(?=[A-Z])/g, ' '));
    return {
      name,
      state: 'wrong',
      saw: `${where} lacks ${names.join(', ')}.`,
      mend: 'Allow it to the bot’s role, in the channel’s settings under Permissions.',
    };
  }

  #channel(id: string): Promise<Answer<z.output<typeof channel>>> {
    return ask(async () => channel.parse(await this.#rest.get(Routes.channel(id))));
  }

  #member(guildId: string): Promise<Answer<Member>> {
    const known = this.#members.get(guildId);
    if (known) return known;
    const asked = ask(async () => {
      const [guild, member] = await Promise.all([
        this.#rest.get(Routes.guild(guildId)),
        this.#rest.get(Routes.guildMember(guildId, this.#botId)),
      ]);
      return { guild: guildWithRoles.parse(guild), member: memberWithRoles.parse(member) };
    });
    this.#members.set(guildId, asked);
    return asked;
  }
}

function refusal(
  answer: Extract<Answer<unknown>, { kind: 'refused' }>,
  label: string,
): Omit<Row, 'name'> {
  if (answer.code === RESTJSONErrorCodes.UnknownChannel || answer.status === 404) {
    return {
      state: 'wrong',
      saw: `${label} is not there.`,
      mend: 'Copy the id anew: Discord’s settings, Advanced, Developer Mode; then right-click it.',
    };
  }
  if (answer.status === 403) {
    return {
      state: 'wrong',
      saw: `${label} lacks View Channel, or the bot is not in its server.`,
      mend: 'Invite the bot with the link above, or allow it to its role in the channel’s settings.',
    };
  }
  return unanswered(answer);
}
