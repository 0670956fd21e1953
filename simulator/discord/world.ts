import { EventEmitter } from 'node:events';
import type { APIApplicationCommand } from 'discord-api-types/v10';
import { Cdn } from './cdn.ts';
import { isOwner, type Shard } from './gateway-rules.ts';
import type { SimMessage } from './message.ts';
import { BOT_PERMISSIONS, MEMBER_PERMISSIONS, usualBotPermissions } from './permissions.ts';
import { snowflakes } from './snowflake.ts';

/** One REST request as it came and as it was answered (`status` 0: not answered, yet or ever). */
export interface SimRequest {
  at: number;
  method: string;
  /** Below `/api/v10`, percent-decoded, without the query. */
  path: string;
  query: string;
  status: number;
  code?: number;
  body: unknown;
  files: { name: string; contentType: string | null; bytes: Uint8Array }[];
}

/** Someone who was notified; `@everyone` and `@&role` stand for those mentions. */
interface Ping {
  messageId: string;
  userId: string;
}

export interface SimUser {
  readonly id: string;
  readonly name: string;
  /** Another bot: it alone may write component messages. */
  readonly bot: boolean;
  locale: string;
  /** Everywhere; what their roles give comes on top. */
  permissions: bigint;
  /** By channel id, where it differs. */
  permissionsIn: Map<string, bigint>;
  /** The ids of their roles, of all servers. */
  roles: string[];
  /** The ids of servers that they left or were taken out of. */
  left: Set<string>;
  /** Refuses direct messages: writing to them answers 50007. */
  dmsClosed: boolean;
  /** Has the app for themselves also where a server has it; elsewhere whoever uses it has. */
  installed: boolean;
}

export interface SimChannel {
  readonly id: string;
  readonly name: string;
  readonly guildId: string | null;
  readonly type: number;
  readonly recipientId: string | null;
  /** The channel that a thread belongs to. */
  readonly parentId: string | null;
  botPermissions: bigint;
  archived: boolean;
}

export interface SimGuild {
  readonly id: string;
  readonly name: string;
  locale: string;
  botIn: boolean;
}

/** A role of a server; the one with the server's id is that of everyone. */
export interface SimRole {
  readonly id: string;
  readonly guildId: string;
  readonly name: string;
  permissions: bigint;
  /** The bot's own, which came with it. */
  readonly managed: boolean;
}

/** What the developer portal says of the application; tests may change it. */
export interface SimApplication {
  /** Anyone may add the bot to a server. */
  botPublic: boolean;
  /** People may install it to themselves. */
  userInstall: boolean;
  /** Where interactions go instead of the gateway. */
  interactionsUrl: string | null;
  /** docs: Application Flags */
  flags: number;
}

/** A gateway session as tests may read it. */
export interface SimGatewaySession {
  readonly sessionId: string;
  readonly intents: number;
  readonly shard: Shard;
  connected: boolean;
  resumes: number;
  /** With what its bot closed it the last time: 1000 and 1001 end it, 1006 is no goodbye at all. */
  closeCode: number | null;
}

/** Everything the simulated Discord holds, readable at any time. */
export interface DiscordState {
  commands: Map<string, APIApplicationCommand[]>;
  commandWrites: number;
  messages: Map<string, SimMessage>;
  /** The last of each message that was deleted. */
  deletedMessages: Map<string, SimMessage>;
  requests: SimRequest[];
  violations: string[];
  pings: Ping[];
  gatewaySessions: SimGatewaySession[];
}

export type DiscordEvents = {
  message: [message: SimMessage, kind: 'create' | 'edit' | 'delete'];
  request: [request: SimRequest];
  response: [request: SimRequest];
  change: [];
};

export interface WorldOptions {
  now: () => number;
  attachmentSizeLimit: number;
  ackDeadlineMs: number;
}

/** The ground everything stands on: who, where, what was written, and news of every change. */
export class World {
  readonly now: () => number;
  readonly attachmentSizeLimit: number;
  readonly ackDeadlineMs: number;
  readonly newId: () => string;
  readonly applicationId: string;
  /** As with every application of today, the bot's user has the application's id. */
  readonly botUserId: string;
  readonly ownerId: string;
  readonly token: string;
  readonly application: SimApplication = {
    botPublic: true,
    userInstall: true,
    interactionsUrl: null,
    flags: 0,
  };
  readonly cdn: Cdn;
  readonly events = new EventEmitter<DiscordEvents>().setMaxListeners(0);
  readonly guilds = new Map<string, SimGuild>();
  readonly roles = new Map<string, SimRole>();
  readonly channels = new Map<string, SimChannel>();
  readonly users = new Map<string, SimUser>();
  readonly state: DiscordState = {
    commands: new Map(),
    commandWrites: 0,
    messages: new Map(),
    deletedMessages: new Map(),
    requests: [],
    violations: [],
    pings: [],
    gatewaySessions: [],
  };

  constructor(options: WorldOptions) {
    this.now = options.now;
    this.attachmentSizeLimit = options.attachmentSizeLimit;
    this.ackDeadlineMs = options.ackDeadlineMs;
    this.newId = snowflakes(options.now);
    this.cdn = new Cdn(options.now);
    this.applicationId = this.newId();
    this.botUserId = this.applicationId;
    this.ownerId = this.newId();
    this.token = `${Buffer.from(this.applicationId).toString('base64url')}.GsImUl.${'s'.repeat(38)}`;
    this.addUser({ id: this.ownerId, name: 'owner' });
  }

  addUser(user: Partial<SimUser> & { name: string }): SimUser {
    const added = {
      id: this.newId(),
      bot: false,
      locale: 'en-US',
      permissions: MEMBER_PERMISSIONS,
      permissionsIn: new Map<string, bigint>(),
      roles: [],
      left: new Set<string>(),
      dmsClosed: false,
      installed: false,
      ...user,
    };
    this.users.set(added.id, added);
    return added;
  }

  /** @param onShard the shard that is to have it, where that matters */
  addGuild({
    onShard,
    ...guild
  }: Partial<SimGuild> & { name: string; botIn: boolean; onShard?: Shard }): SimGuild {
    const id = onShard ? idOnShard(this.newId(), onShard) : this.newId();
    const added = { id, locale: 'en-US', ...guild };
    this.guilds.set(added.id, added);
    const { id: guildId } = added;
    this.addRole({ id: guildId, guildId, name: '@everyone', permissions: MEMBER_PERMISSIONS });
    this.addRole({ guildId, name: 'seedance', permissions: BOT_PERMISSIONS, managed: true });
    return added;
  }

  addRole(role: Partial<SimRole> & { guildId: string; name: string }): SimRole {
    const added = { id: this.newId(), permissions: 0n, managed: false, ...role };
    this.roles.set(added.id, added);
    return added;
  }

  addChannel(channel: Partial<SimChannel> & { guildId: string | null; type: number }): SimChannel {
    const added = {
      id: this.newId(),
      name: 'general',
      recipientId: null,
      parentId: null,
      botPermissions: usualBotPermissions(channel.guildId, channel.type),
      archived: false,
      ...channel,
    };
    this.channels.set(added.id, added);
    return added;
  }

  /** Tells everyone who waits that something is different now. */
  changed(): void {
    this.events.emit('change');
  }

  violate(rule: string): void {
    this.state.violations.push(rule);
    this.changed();
  }

  announce(message: SimMessage, kind: 'create' | 'edit' | 'delete'): void {
    this.events.emit('message', message, kind);
    this.changed();
  }

  deleteMessage(message: SimMessage): void {
    message.deleted = true;
    this.state.messages.delete(message.id);
    this.state.deletedMessages.set(message.id, message);
    this.announce(message, 'delete');
  }
}

/** The next id whose milliseconds make it that shard's; its last bits are those of no other id. */
function idOnShard(from: string, shard: Shard): string {
  let id = BigInt(from) | 0x3f_ffffn;
  while (!isOwner(shard, String(id))) id += 1n << 22n;
  return String(id);
}
