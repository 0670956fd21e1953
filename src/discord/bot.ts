import { setTimeout as sleep } from 'node:timers/promises';
import {
  ApplicationIntegrationType,
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  OAuth2Scopes,
  PermissionFlagsBits,
  PermissionsBitField,
  REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  Status,
} from 'discord.js';
import type { Log } from '../log.ts';
import { registerCommands } from './register.ts';
import type { Router } from './router.ts';

/** Discord refuses the token. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** What the bot needs in a channel, and asks for when it is invited. */
const PERMISSIONS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.SendMessagesInThreads,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.AttachFiles,
  PermissionFlagsBits.ReadMessageHistory,
];

const LOGIN_PAUSE_MAX_MS = 60_000;
const STOP_MAX_MS = 2000;

/** The connection to Discord: commands in, nothing cached. */
export class Bot {
  readonly #client: Client;
  readonly #rest: REST;
  readonly #token: string;
  readonly #log: Log;
  #stopped: Promise<void> | undefined;

  /** @param options.onClosed told when Discord ends the connection for good, and whether over the token */
  constructor(options: {
    apiUrl: string;
    token: string;
    log: Log;
    onClosed: (isTokenRefused: boolean) => void;
  }) {
    this.#token = options.token;
    this.#log = options.log;
    // An acknowledgement is not repeated: «acknowledged already» must always mean «by another process».
    this.#client = new Client({ intents: [], rest: { api: options.apiUrl, retries: 0 } });
    this.#rest = new REST({ api: options.apiUrl, version: '10' }).setToken(options.token);
    this.#client.on(Events.Error, (err) => this.#log.error({ err }, 'discord.js reports an error'));
    this.#client.on(Events.Warn, (warning) => this.#log.warn({ warning }, 'discord.js warns'));
    this.#client.on(Events.ShardReconnecting, () => {
      if (this.#stopped !== undefined) return;
      this.#log.warn('The connection to Discord broke: connecting again');
    });
    this.#client.on(Events.ShardResume, () => this.#log.info('Connected to Discord again'));
    this.#client.on(Events.ShardDisconnect, ({ code }) => {
      if (this.#stopped !== undefined) return;
      this.#log.fatal({ code }, 'Discord closed the connection for good');
      options.onClosed(code === GatewayCloseCodes.AuthenticationFailed);
    });
  }

  /** Whether commands can arrive. */
  get isConnected(): boolean {
    const { shards } = this.#client.ws;
    return this.#client.isReady() && shards.every((shard) => shard.status === Status.Ready);
  }

  /**
   * Connects, however long Discord is out of reach, and hands interactions to the router from then on.
   * @param onReady called before the first interaction is handled
   * @throws {TokenRefused}
   */
  async connect(router: Router, onReady: () => void): Promise<void> {
    this.#client.once(Events.ClientReady, onReady);
    this.#client.on(Events.InteractionCreate, (interaction) => router.handle(interaction));
    for (
      let pauseMs = 1000;
      this.#stopped === undefined;
      pauseMs = Math.min(2 * pauseMs, LOGIN_PAUSE_MAX_MS)
    ) {
      try {
        await this.#client.login(this.#token);
        return;
      } catch (err) {
        if (isTokenRefused(err)) throw new TokenRefused('Discord refuses the token');
        this.#log.warn({ err, pauseMs }, 'Discord can’t be reached: trying again');
        await sleep(pauseMs);
      }
    }
  }

  /** Registers the commands where they differ, and prints the links that invite the bot. */
  async introduce(
    declared: readonly RESTPostAPIApplicationCommandsJSONBody[],
    { guildId, userInstall }: { guildId: string | undefined; userInstall: boolean },
  ): Promise<void> {
    const { application } = this.#client;
    if (!application) return;
    await this.register(declared, guildId);
    if (userInstall) {
      this.#log.info({ install: installLink(application.id) }, 'People install it with this link');
    }
    this.#log.info({ invite: inviteLink(application.id) }, 'Invite the bot with this link');
  }

  /** Registers commands where they differ, everywhere or in one server. Never throws. */
  async register(
    declared: readonly RESTPostAPIApplicationCommandsJSONBody[],
    guildId: string | undefined,
  ): Promise<void> {
    const { application } = this.#client;
    if (!application) return;
    try {
      const wrote = await registerCommands(this.#rest, application.id, guildId, declared);
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

  /** Takes no more interactions. Answers under way still reach Discord. */
  stop(): Promise<void> {
    // A shard that waits for READY keeps `destroy` from ever resolving (seen with discord.js 14.28).
    this.#stopped ??= Promise.race([this.#client.destroy(), sleep(STOP_MAX_MS)]);
    return this.#stopped;
  }
}

function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: new PermissionsBitField(PERMISSIONS).bitfield.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** The link with which a person adds the app to themselves, and to no server. */
function installLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: OAuth2Scopes.ApplicationsCommands,
    integration_type: String(ApplicationIntegrationType.UserInstall),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

function isTokenRefused(error: unknown): boolean {
  if (error instanceof DiscordjsError) return error.code === DiscordjsErrorCodes.TokenInvalid;
  return error instanceof Error && 'status' in error && error.status === 401;
}
