import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Guilds } from '../guilds/guilds.ts';
import type { Durations } from '../jobs/durations.ts';
import type { Engine } from '../jobs/engine.ts';
import type { Gate } from '../jobs/gate.ts';
import type { Ledger } from '../jobs/ledger.ts';
import type { VideoApi } from '../jobs/ports.ts';
import type { Prices } from '../jobs/prices.ts';
import type { Reports } from '../jobs/reports.ts';
import type { Jobs } from '../jobs/store.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { FormDrafts } from '../members/form-drafts.ts';
import type { PreferenceStore, Preferences } from '../members/preferences.ts';
import type { Offer } from '../offer.ts';
import type { Words } from '../words.ts';
import type { Audit } from './audit.ts';
import type { Memberships } from './memberships.ts';
import type { Owners } from './owner.ts';
import type { Threads } from './threads.ts';

/** What commands and buttons work with. */
export interface Services {
  /** What is offered at this moment: it may be another tomorrow. */
  currentOffer: () => Offer;
  /** Whether other processes have the same store. */
  isShared: boolean;
  /** Undefined: every server. */
  allowedGuilds: readonly string[] | undefined;
  /** How old the Discord account of whoever asks must be. */
  minAccountAgeMs: number;
  /** The owner's limits, for everybody everywhere. */
  limits: Limits;
  /** Where members read about privacy and find support; undefined where the owner names none. */
  links: { privacy: string | undefined; support: string | undefined };
  jobs: Jobs;
  engine: Engine;
  ledger: Ledger;
  gate: Gate;
  prices: Prices;
  durations: Durations;
  api: Pick<VideoApi, 'look' | 'trusts'>;
  drafts: FormDrafts;
  guilds: Guilds;
  /** What stands for a member in a record that must not name one. */
  pseudonymOf: (memberId: string) => string;
  preferences: PreferenceStore;
  /** The owner's own log channel. */
  ownersLogId: string | undefined;
  reports: Pick<Reports, 'take' | 'takeBack'>;
  /**
   * Puts **Report video** into the message menus of a server, or takes it out, where it is not
   * everywhere already.
   */
  offerReports: (guildId: string, isOffered: boolean) => Promise<void>;
  /** Where the owner and the managers of servers read what happens. */
  audit: Pick<Audit, 'note'>;
  owners: Pick<Owners, 'include'>;
  memberships: Pick<Memberships, 'rolesOf'>;
  threads: Pick<Threads, 'parentOf'>;
  /** Told of each interaction that was answered too late. */
  onMissed: () => void;
  log: Log;
  now: () => number;
}

/** The services, and who is asking: what they have set, and the words in the language they read. */
export interface Context extends Services {
  /** As it is when they ask. */
  offer: Offer;
  own: Preferences;
  /** Until when the store can be asked before the acknowledgement is late, by `performance.now()`. */
  answerBy: number;
  words: Words;
  /** A command by the name that the member's own client shows, which need not be in these words. */
  command: (name: 'video' | 'videos' | 'settings') => string;
}

/** Where the commands are to be had. */
export interface Availability {
  /** Only some servers are allowed: not in direct messages. */
  guildsOnly: boolean;
  /** People may install it to themselves, and use it where the bot is not. */
  userInstall: boolean;
  /** There is a log channel that a report from anywhere goes to. */
  takesReports: boolean;
}

/** A slash command. */
export interface Command {
  /** What is registered with Discord, for what this bot offers. */
  declare(offer: Offer, where: Availability): RESTPostAPIApplicationCommandsJSONBody;
  /** @throws {UserError} for what the member can mend, before anything was acknowledged */
  run(interaction: ChatInputCommandInteraction, context: Context): Promise<void>;
  autocomplete?(interaction: AutocompleteInteraction, context: Context): Promise<void>;
}

/** A command in the menu of a message, by the name it is registered with. */
export interface MessageCommand {
  declare(offer: Offer, where: Availability): RESTPostAPIApplicationCommandsJSONBody;
  run(interaction: MessageContextMenuCommandInteraction, context: Context): Promise<void>;
}

/**
 * A button, by the first part of its `custom_id`: of `mend:1234:5` the arguments are `1234` and `5`.
 * They come from outside, like all else that is clicked: none of them is trusted.
 */
export interface Button {
  press(
    interaction: ButtonInteraction,
    context: Context,
    argument: string,
    second: string,
  ): Promise<void>;
}

/** A select menu on a message, by the first part of its `custom_id`. */
export interface Select {
  choose(
    interaction: StringSelectMenuInteraction,
    context: Context,
    argument: string,
  ): Promise<void>;
}

/** A form that was sent, by the first part of its `custom_id`. */
export interface Form {
  submit(
    interaction: ModalSubmitInteraction,
    context: Context,
    argument: string,
    second: string,
  ): Promise<void>;
}

/** Everything a person can type or click. */
export interface Surface {
  commands: Record<string, Command>;
  messageCommands: Record<string, MessageCommand>;
  buttons: Record<string, Button>;
  selects: Record<string, Select>;
  forms: Record<string, Form>;
}
