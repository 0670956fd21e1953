import { once } from 'node:events';
import type { Server } from 'node:http';
import { ChannelType } from 'discord-api-types/v10';
import { isThread } from './api-channel.ts';
import { type CdnAnswer, mapCdnUrl } from './cdn.ts';
import { Faults } from './faults.ts';
import { type DropOptions, Gateway } from './gateway.ts';
import { type GatewayRules, type Shard, USUAL_RULES } from './gateway-rules.ts';
import { createHttp } from './http.ts';
import type { SimInteraction } from './interaction.ts';
import { Member } from './member.ts';
import type { SimMessage } from './message.ts';
import { openDm } from './open-dm.ts';
import type { ChannelOptions, MemberOptions, RoleOptions } from './options.ts';
import { aboutRoutes } from './routes/about.ts';
import { callbackRoute } from './routes/callback.ts';
import { channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { guildRoutes } from './routes/guilds.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { snowflakeOf } from './snowflake.ts';
import { type WaitOptions, waitFor } from './wait-for.ts';
import {
  type DiscordState,
  type SimApplication,
  type SimChannel,
  type SimGuild,
  type SimRole,
  type SimUser,
  World,
} from './world.ts';

export type { FaultAction } from './faults.ts';
export type { SimInteraction } from './interaction.ts';
export type { Member } from './member.ts';
export type { SimMessage } from './message.ts';
export type { SimFile } from './upload-option.ts';
export type { SimRequest } from './world.ts';

const MEBIBYTE = 1024 * 1024;
/** 4000, unknown error: try reconnecting (docs: Gateway Close Event Codes). */
const DROP = { code: 4000, canResume: true, only: () => true, until: Promise.resolve() };

export interface DiscordOptions {
  port?: number;
  /** The clock of tokens, ids, nonces and signed addresses, ms. The 3-second rule is not on it. */
  now?: () => number;
  /** Bytes; default 10 MiB. */
  attachmentSizeLimit?: number;
  /** Real ms to acknowledge; default 3000. Shorter only to test what lateness does. */
  ackDeadlineMs?: number;
  heartbeatMs?: number;
  /** Where they are others than the usual ones. */
  gateway?: Partial<GatewayRules>;
}

/** A running Discord: where it listens, what it holds, and what can be done to it. */
export interface Discord {
  readonly apiUrl: string;
  /** The only bot token it accepts. */
  readonly token: string;
  readonly applicationId: string;
  readonly botUserId: string;
  readonly ownerId: string;
  /** Bytes of a file, where nothing else is said. */
  readonly attachmentSizeLimit: number;
  /** The server the bot is in, with one text channel. */
  readonly guildId: string;
  readonly channelId: string;
  /** A server the bot is not in, until `guilds.get(otherGuildId).botIn = true`. */
  readonly otherGuildId: string;
  readonly state: DiscordState;
  readonly faults: Faults;
  readonly event: World['events'];
  /** Everything in these maps may be changed in place: permissions, archived, botIn, dmsClosed. */
  readonly channels: Map<string, SimChannel>;
  readonly guilds: Map<string, SimGuild>;
  readonly users: Map<string, SimUser>;
  readonly roles: Map<string, SimRole>;
  /** Every interaction there was, by token, oldest first. */
  readonly interactions: ReadonlyMap<string, SimInteraction>;
  /** What its developer has set, to be changed in place. */
  readonly application: SimApplication;
  /** Adds a server that the bot is in by default; gives its id. `onShard`: which shard has it. */
  addGuild(options?: Partial<SimGuild> & { onShard?: Shard }): string;
  addChannel(options?: ChannelOptions): string;
  /** Adds a role to a server, the first by default; gives its id. */
  addRole(options?: RoleOptions): string;
  member(options?: MemberOptions): Member;
  /** The direct messages between the bot and a member, oldest first; opened if there are none. */
  dmOf(member: Member): { channelId: string; messages: SimMessage[] };
  /** What stands in a channel, oldest first. */
  messagesIn(channelId: string): SimMessage[];
  cdnFetch(url: string): CdnAnswer;
  /** Maps `https://cdn.discordapp.com/…` to this server; other addresses stay as they are. */
  cdnUrlFor(url: string): string;
  /** Closes connections to bots: all of them, and so that RESUME will do, if nothing else is said. */
  dropGateway(options?: DropOptions): void;
  askReconnect(): void;
  invalidateSession(): void;
  /** Resolves when a bot is connected and READY was sent; rejects after the time-out (30 s). */
  gatewayReady(timeoutMs?: number): Promise<void>;
  waitFor<T>(
    probe: (discord: Discord) => T | undefined | false | null,
    options?: WaitOptions,
  ): Promise<T>;
  close(): Promise<void>;
}

/**
 * Starts a Discord on 127.0.0.1: REST v10 under `/api/v10`, the gateway at `/gateway`, the CDN
 * under `/cdn`. It keeps Discord's rules, records every request, and outlives the bots that use it.
 */
export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const world = new World({
    now: options.now ?? Date.now,
    attachmentSizeLimit: options.attachmentSizeLimit ?? 10 * MEBIBYTE,
    ackDeadlineMs: options.ackDeadlineMs ?? 3000,
  });
  const guild = world.addGuild({ name: 'Paper Boats', botIn: true });
  const otherGuild = world.addGuild({ name: 'Elsewhere', botIn: false });
  const channel = world.addChannel({ guildId: guild.id, type: ChannelType.GuildText });
  const faults = new Faults();
  const interactions = new Map<string, SimInteraction>();
  const closing = new AbortController();
  let host = '';
  const gatewayUrl = () => `ws://${host}/gateway`;
  const rules = { ...USUAL_RULES, ...options.gateway };
  const gateway = new Gateway(world, rules, options.heartbeatMs ?? 41_250, gatewayUrl);
  const routes = [
    ...aboutRoutes(world, rules, gatewayUrl),
    ...channelRoutes(world),
    ...commandRoutes(world),
    ...guildRoutes(world),
    ...webhookRoutes(world, interactions),
    callbackRoute(world, interactions),
  ];
  const server = createHttp({ world, faults, routes, closing: closing.signal });
  gateway.attach(server);
  host = await listen(server, options.port ?? 0);

  const reach = {
    world,
    defaultChannelId: channel.id,
    register: (interaction: SimInteraction) => {
      interactions.set(interaction.token, interaction);
    },
    dispatch: gateway.dispatch.bind(gateway),
  };
  const { token, applicationId, botUserId, ownerId, attachmentSizeLimit } = world;
  const { state, events, channels, guilds, users, roles, application } = world;
  const discord: Discord = {
    apiUrl: `http://${host}/api`,
    token,
    applicationId,
    botUserId,
    ownerId,
    attachmentSizeLimit,
    guildId: guild.id,
    otherGuildId: otherGuild.id,
    channelId: channel.id,
    state,
    faults,
    event: events,
    channels,
    guilds,
    users,
    roles,
    interactions,
    application,
    addGuild: (asked = {}) => world.addGuild({ name: 'Elsewhere', botIn: true, ...asked }).id,
    addChannel: (asked = {}) => {
      const { guildId = guild.id, ...rest } = asked;
      const type = guildId === null ? ChannelType.DM : ChannelType.GuildText;
      const parent = guildId === guild.id && isThread(rest) && { parentId: channel.id };
      return world.addChannel({ guildId, type, ...parent, ...rest }).id;
    },
    addRole: (asked = {}) => world.addRole({ guildId: guild.id, name: 'crew', ...asked }).id,
    member: ({ accountMadeAt, ...asked } = {}) => {
      const known = asked.id === undefined ? undefined : users.get(asked.id);
      if (known !== undefined) return new Member(reach, Object.assign(known, asked));
      const aged = accountMadeAt !== undefined && { id: snowflakeOf(accountMadeAt, users.size) };
      return new Member(reach, world.addUser({ name: 'mia', ...aged, ...asked }));
    },
    dmOf: ({ id }) => {
      const { id: channelId } = openDm(world, id);
      return { channelId, messages: discord.messagesIn(channelId) };
    },
    messagesIn: (channelId) =>
      [...state.messages.values()].filter((message) => message.channelId === channelId),
    cdnFetch: (url) => world.cdn.fetch(url),
    cdnUrlFor: (url) => mapCdnUrl(url, `http://${host}`),
    dropGateway: (asked) => gateway.drop({ ...DROP, ...asked }),
    askReconnect: () => gateway.askReconnect(),
    invalidateSession: () => gateway.invalidateSessions(),
    gatewayReady: async (timeoutMs = 30_000) => {
      await waitFor(world, () => gateway.connected, { timeoutMs, what: 'a bot at the gateway' });
    },
    waitFor: (probe, waiting) => waitFor(world, () => probe(discord), waiting),
    close: async () => {
      closing.abort();
      gateway.close();
      for (const interaction of interactions.values()) interaction.expire();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return discord;
}

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port to listen on');
  return `${address.address}:${address.port}`;
}
