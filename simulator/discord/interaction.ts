import type {
  APIAuthorizingIntegrationOwnersMap,
  APICommandAutocompleteInteractionResponseCallbackData,
  APIModalInteractionResponseCallbackData,
  ApplicationCommandOptionType,
  InteractionType,
} from 'discord-api-types/v10';
import type { SimMessage } from './message.ts';
import { readForm, type SimForm } from './modal-view.ts';
import type { SimUser, World } from './world.ts';

const TOKEN_LIFE_MS = 15 * 60 * 1000;

/** How an interaction was acknowledged; `none` when it was not, within 3 seconds. */
export interface SimResponse {
  type: number | 'none';
  ephemeral: boolean;
  message?: SimMessage;
  choices?: APICommandAutocompleteInteractionResponseCallbackData['choices'];
  modal?: APIModalInteractionResponseCallbackData;
}

/** What an interaction is about; fixed once made. */
export interface InteractionSubject {
  type: InteractionType;
  user: SimUser;
  channelId: string;
  guildId: string | null;
  sizeLimit: number;
  owners: APIAuthorizingIntegrationOwnersMap;
  /** What may be said is seen by this member alone: the server forbids foreign apps to speak. */
  forcedPrivate: boolean;
  /** The message whose component was used, or that opened the modal. */
  onMessage: SimMessage | null;
  /** The message a message command was used on. */
  targetMessage: SimMessage | null;
  /** What was answered with the modal that is sent. */
  openedBy: SimInteraction | null;
  /** The command that was used, with its subcommand if it has any; null where none was. */
  commandName: string | null;
  /** The kind of the option that choices are asked for. */
  focused: ApplicationCommandOptionType | null;
}

/**
 * One interaction: its token, its deadline, and what came of it. The 3 seconds to acknowledge run
 * in real time, since they measure the bot; the token's 15 minutes run on `now()`.
 */
export class SimInteraction {
  readonly id: string;
  readonly token: string;
  readonly subject: InteractionSubject;
  readonly response: Promise<SimResponse>;
  readonly followups: SimMessage[] = [];
  acknowledged: SimResponse | null = null;
  /** The message that `@original` means. */
  original: SimMessage | null = null;
  /** A deferral whose message is still to come. */
  awaitsFirstMessage = false;
  /** How many sessions got it: each may try to acknowledge it once. */
  hearers = 0;
  /** How many acknowledgements came too late for another. */
  lateAcknowledgements = 0;
  /** How often the modal it was answered with was sent. */
  modalSent = 0;
  readonly #world: World;
  /** ms on the simulator's clock. */
  readonly createdAt: number;
  readonly #settle: (response: SimResponse) => void;
  readonly #deadline: NodeJS.Timeout;
  #dead = false;

  constructor(world: World, subject: InteractionSubject) {
    this.#world = world;
    this.createdAt = world.now();
    this.id = world.newId();
    this.token = `aW50ZXJhY3Rpb246${Buffer.from(this.id).toString('base64url')}${'t'.repeat(120)}`;
    this.subject = subject;
    const { promise, resolve } = Promise.withResolvers<SimResponse>();
    this.response = promise;
    this.#settle = resolve;
    this.#deadline = setTimeout(() => this.expire(), world.ackDeadlineMs).unref();
  }

  acknowledge(response: SimResponse): void {
    clearTimeout(this.#deadline);
    this.acknowledged = response;
    this.#settle(response);
    this.#world.changed();
  }

  /** Kills the token now, as 3 seconds without an answer or 15 minutes do. */
  expire(): void {
    clearTimeout(this.#deadline);
    this.#dead = true;
    this.#settle({ type: 'none', ephemeral: false });
    this.#world.changed();
  }

  /** The form it was answered with, as a member reads it. Throws if it was answered otherwise. */
  async form(): Promise<SimForm> {
    const { modal, type } = await this.response;
    if (modal === undefined) throw new Error(`it was answered with type ${type}, not with a modal`);
    return readForm(modal);
  }

  /** Whether it came only because someone has installed the app for themselves. */
  get userInstalledOnly(): boolean {
    return !('0' in this.subject.owners);
  }

  get tokenDead(): boolean {
    return this.#dead || this.#world.now() - this.createdAt >= TOKEN_LIFE_MS;
  }
}
