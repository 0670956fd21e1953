/** What `addChannel` takes; `guildId: null` is a direct or private channel. */
export interface ChannelOptions {
  guildId?: string | null;
  name?: string;
  botPermissions?: bigint;
  type?: number;
  archived?: boolean;
  recipientId?: string;
  /** The channel that a thread belongs to; left out: the first. */
  parentId?: string;
}

/** What `addRole` takes; by default it gives nothing. */
export interface RoleOptions {
  guildId?: string;
  name?: string;
  permissions?: bigint;
}

/** What `member` takes; an ordinary member who may not manage messages by default. */
export interface MemberOptions {
  id?: string;
  /** When their account was made, ms: their id tells it. Left out: just now. */
  accountMadeAt?: number;
  name?: string;
  permissions?: bigint;
  /** By channel id, where the permissions differ. */
  permissionsIn?: Map<string, bigint>;
  /** The ids of their roles. */
  roles?: string[];
  locale?: string;
  dmsClosed?: boolean;
  /** Has the app for themselves also where a server has it. */
  installed?: boolean;
  /** Another bot. */
  bot?: boolean;
}
