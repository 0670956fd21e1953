import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  Options,
  REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  Status,
} from 'discord.js';
import PQueue from 'p-queue';
import type { Log } from '../log.ts';
import type { Measures } from '../measures.ts';
import type { Shards } from '../shards.ts';
import { installLink, inviteLink } from './install-links.ts';
import { registerCommands } from './register.ts';
import type { Router } from './router.ts';
import { watchRest } from './watch-rest.ts';

/** Discord refuses the token. The message is the line that tells the operator. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

const TOKEN_REFUSED =
  'DISCORD_TOKEN is wrong: Discord refuses it. Copy it anew from the developer portal, under Bot';

/** What the operator has to mend, by the code with which Discord closes a connection for good. */
const TO_MEND: Record<number, string> = {
  [GatewayCloseCodes.AuthenticationFailed]: TOKEN_REFUSED,
  [GatewayCloseCodes.ShardingRequired]:
    'SHARDS is wrong: Discord wants more shards for so many servers. It should be auto, or have a higher number after the slash',
};

/** Discord.js would keep whoever came by, and what was said to them, as long as the process lives. */
const NOTHING_KEPT = Options.cacheWithLimits({
  GuildMemberManager: 0,
  MessageManager: 0,
  UserManager: 0,
});

const LOGIN_PAUSE_MAX_MS = 60_000;
const STOP_MAX_MS = 2000;

interface BotOptions {
  apiUrl: string;
  token: string;
  shards: Shards;
  log: Log;
  metrics: Measures;
  /** Told when Discord ends the connection for good, with a line on what the operator has to mend. */
  onClosed: (line: string | undefined) => void;
}

/** The connection to Discord: commands in, nothing cached. */
export class Bot {
  readonly #options: BotOptions;
  readonly #rest: REST;
  readonly #log: Log;
  /** One after the other: what is declared last is what stays. */
  readonly #registrations = new PQueue({ concurrency: 1 });
  #client: Client | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: BotOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#rest = new REST({ api: options.apiUrl, version: '10' }).setToken(options.token);
    watchRest(this.#rest, options.metrics);
  }

  /** Which shards it runs; what `auto` has come to is known once it is connected. */
  get shards(): Shards {
    const { ws, options } = this.#client ?? {};
    if (!ws?.shards.size || !options?.shardCount) return this.#options.shards;
    return { ids: [...ws.shards.keys()], count: options.shardCount };
  }

  /** The servers of its shards that the bot is in, as they were when it connected. */
  get guildIds(): readonly string[] {
    return [...(this.#client?.guilds.cache.keys() ?? [])];
  }

  /** Whether commands can arrive: in all of its shards, for each has servers of its own. */
  get isConnected(): boolean {
    if (!this.#client?.isReady()) return false;
    return this.#client.ws.shards.every((shard) => shard.status === Status.Ready);
  }

  /**
   * Connects, however long Discord is out of reach, and hands interactions to the router from then on.
   * @param onReady called before the first interaction is handled
   * @returns false if it was stopped before
   * @throws {TokenRefused}
   */
  async connect(router: Pick<Router, 'handle'>, onReady: () => void): Promise<boolean> {
    for (
      let pauseMs = 1000;
      this.#stopped === undefined;
      pauseMs = Math.min(2 * pauseMs, LOGIN_PAUSE_MAX_MS)
    ) {
      this.#client = this.#newClient();
      this.#client.once(Events.ClientReady, onReady);
      this.#client.on(Events.InteractionCreate, (interaction) => router.handle(interaction));
      try {
        await this.#client.login(this.#options.token);
        return this.#stopped === undefined;
      } catch (err) {
        giveUp(this.#client);
        if (isTokenRefused(err)) throw new TokenRefused(TOKEN_REFUSED);
        if (this.#stopped !== undefined) return false;
        this.#log.warn({ err, pauseMs }, 'Discord can’t be reached: trying again');
        await sleep(pauseMs);
      }
    }
    return false;
  }

  /**
   * Registers the commands where they differ. Does nothing before it is connected. Never throws.
   * @param guildId the one server to register them in; undefined: everywhere
   */
  async register(
    declared: readonly RESTPostAPIApplicationCommandsJSONBody[],
    guildId: string | undefined,
  ): Promise<void> {
    const application = this.#client?.application;
    if (!application) return;
    try {
      const wrote = await this.#registrations.add(() =>
        registerCommands(this.#rest, application.id, guildId, declared),
      );
      this.#log.info({ guildId }, wrote ? 'Commands registered' : 'Commands are up to date');
    } catch (err) {
      this.#log.error(
        { err, guildId },
        guildId
          ? 'The commands could not be registered in this server: is the bot in it? If DISCORD_GUILD_ID names it, check that'
          : 'The commands could not be registered: members see the old ones until the next start',
      );
    }
  }

  /** Prints the links that invite the bot. */
  introduce(userInstall: boolean): void {
    const application = this.#client?.application;
    if (!application) return;
    if (userInstall) {
      this.#log.info({ install: installLink(application.id) }, 'People install it with this link');
    }
    this.#log.info({ invite: inviteLink(application.id) }, 'Invite the bot with this link');
  }

  /** Takes no more interactions. Answers under way still reach Discord. */
  stop(): Promise<void> {
    // A shard that waits for READY keeps `destroy` from ever resolving (seen with discord.js 14.28).
    this.#stopped ??= Promise.race([this.#client?.destroy(), sleep(STOP_MAX_MS)]);
    return this.#stopped;
  }

  #newClient(): Client {
    const { apiUrl, shards, onClosed } = this.#options;
    // Always given, or discord.js reads a SHARDS of its own from the environment.
    const run =
      shards === 'auto' ? { shards } : { shards: [...shards.ids], shardCount: shards.count };
    // An acknowledgement is not repeated: «acknowledged already» must always mean «by another process».
    const client = new Client({
      intents: [],
      ...run,
      rest: { api: apiUrl, retries: 0 },
      makeCache: NOTHING_KEPT,
    });
    watchRest(client.rest, this.#options.metrics);
    client.on(Events.Error, (err) => this.#log.error({ err }, 'discord.js reports an error'));
    client.on(Events.Warn, (warning) => this.#log.warn({ warning }, 'discord.js warns'));
    client.on(Events.ShardReconnecting, (shard) => {
      if (this.#stopped !== undefined) return;
      this.#log.warn({ shard }, 'The connection to Discord broke: connecting again');
    });
    client.on(Events.ShardResume, (shard) =>
      this.#log.info({ shard }, 'Connected to Discord again'),
    );
    // One is enough, and what closes one for good closes all.
    client.once(Events.ShardDisconnect, ({ code }, shard) => {
      if (this.#stopped !== undefined) return;
      this.#log.fatal({ code, shard }, 'Discord closed the connection for good');
      onClosed(TO_MEND[code]);
    });
    return client;
  }
}

/**
 * Hears a client no more that failed to log in: discord.js never calls it ready or stops it again
 * (discordjs/discord.js#10493), though one of its shards may still connect.
 */
function giveUp(client: Client): void {
  client.removeAllListeners();
  client.on(Events.Error, () => {});
}

function isTokenRefused(error: unknown): boolean {
  if (error instanceof DiscordjsError) return error.code === DiscordjsErrorCodes.TokenInvalid;
  return error instanceof Error && 'status' in error && error.status === 401;
}
