import type { APIMessage, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { SeenCommand } from '../discord/seen-command.ts';
import type { DiscordLocale, GenerationMs, MishapName, PersonName } from './choices.ts';

/** A message as it stands before the person at the page: Discord's own object, and what their client knows of it. */
export interface SeenMessage {
  message: APIMessage;
  /** It notified them when it was written. */
  pingsYou: boolean;
  mayDelete: boolean;
  /** The command that it answers. */
  command: string | null;
}

export interface SeenChannel {
  id: string;
  name: string;
  isDirect: boolean;
}

export interface SeenPerson {
  id: string;
  name: string;
}

/** One request of the bot, without tokens, keys and signatures. */
export interface SeenRequest {
  nr: number;
  to: 'Discord' | 'Seedance';
  /** ms */
  at: number;
  method: string;
  path: string;
  /** "200", "404 (10008)", "reset"; "…" while it is being answered. */
  status: string;
  /** Indented JSON, or nothing. */
  body: string;
  /** Names and sizes. */
  files: string[];
}

/** What the switches show. */
interface SeenSwitches {
  who: PersonName;
  locale: DiscordLocale;
  renderMs: GenerationMs;
  mishaps: MishapName[];
  bot: 'running' | 'starting' | 'stopped';
}

/** Everything that the person at the page has before them. */
export interface Everything {
  you: SeenPerson;
  /** The bot included. */
  people: SeenPerson[];
  botId: string;
  server: string;
  channels: SeenChannel[];
  /** By channel id. */
  commands: Record<string, SeenCommand[]>;
  messages: SeenMessage[];
  requests: readonly SeenRequest[];
  switches: SeenSwitches;
  /** The largest file that may be attached. */
  maxFileBytes: number;
  /** Where addresses of the simulated hosts are to be had on the page's own. */
  hosts: Record<string, string>;
}

/** How the bot answered an interaction. */
export interface Answered {
  /** `none`: not within three seconds. */
  with: 'message' | 'form' | 'nothing visible' | 'choices' | 'none';
  interactionId: string;
  form?: APIModalInteractionResponseCallbackData;
  choices?: { name: string; value: string | number }[];
}

/** What the page is told. */
export type Told =
  | { type: 'everything'; everything: Everything }
  | { type: 'message'; seen: SeenMessage }
  | { type: 'gone'; messageId: string }
  | { type: 'request'; request: SeenRequest }
  | { type: 'switches'; switches: SeenSwitches }
  | { type: 'commands'; commands: Record<string, SeenCommand[]> }
  | { type: 'done'; nr: number; answered?: Answered }
  /** It could not be done; says why. */
  | { type: 'refused'; nr: number; why: string };
