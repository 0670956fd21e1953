import { setTimeout as sleep } from 'node:timers/promises';
import type { Interaction, RepliableInteraction } from 'discord.js';
import { StoreError, UserError } from '../errors.ts';
import { localeOf } from '../locale.ts';
import type { Preferences } from '../members/preferences.ts';
import { Words } from '../words.ts';
import { answerPrivately } from './answer.ts';
import { button } from './buttons.ts';
import type { Context, Services, Surface } from './command.ts';
import { isAnswered, isLost } from './discord-errors.ts';
import { promptIn } from './given.ts';
import { inTime, STORE_MS } from './in-time.ts';

/** How much of the 3 s that Discord gives a process that stops leaves to others, before it refuses. */
const OTHERS_FIRST_MS = 2000;

/** Hands each interaction to what it is for, and sees to it that each one is answered. */
export class Router {
  readonly #surface: Surface;
  readonly #services: Services;
  readonly #underWay = new Set<Promise<void>>();
  #stopping = false;

  constructor(surface: Surface, services: Services) {
    this.#surface = surface;
    this.#services = services;
  }

  /** Never throws. */
  handle(interaction: Interaction): void {
    const work = this.#answer(interaction).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  /**
   * Waits for what is under way. What still comes is left to another process on the same shard, or
   * refused if there is none.
   */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#underWay);
  }

  async #answer(interaction: Interaction): Promise<void> {
    let context: Context | undefined;
    try {
      if (this.#stopping) {
        await sleep(OTHERS_FIRST_MS);
        throw new UserError(({ t }) => t('refusal.restarting'));
      }
      context = await this.#contextOf(interaction);
      await this.#route(interaction, context);
    } catch (error) {
      const words = context?.words ?? Words.in(localeOf(interaction.locale));
      await this.#recover(interaction, error, words);
    }
  }

  async #contextOf({ user, locale }: Interaction): Promise<Context> {
    const answerBy = performance.now() + STORE_MS;
    // The least of what is asked before an acknowledgement: it gets no more than a third of the time.
    const own = await this.#preferencesOf(user.id, performance.now() + STORE_MS / 3);
    const client = Words.in(localeOf(locale));
    return {
      ...this.#services,
      offer: this.#services.currentOffer(),
      own,
      answerBy,
      words: own.locale ? Words.in(own.locale) : client,
      command: (name) => `\`/${client.t(`command.${name}.name`)}\``,
    };
  }

  /** Who has none is served all the same; and so is who has some, while the store does not answer. */
  async #preferencesOf(memberId: string, by: number): Promise<Preferences> {
    try {
      return await inTime(this.#services.preferences.of(memberId), by);
    } catch {
      return { wantsPing: true };
    }
  }

  async #route(interaction: Interaction, context: Context): Promise<void> {
    const { commands, messageCommands, buttons, selects, forms } = this.#surface;
    if (interaction.isAutocomplete()) {
      const command = own(commands, interaction.commandName);
      if (command?.autocomplete) await command.autocomplete(interaction, context);
      else await interaction.respond([]);
      return;
    }
    if (interaction.isChatInputCommand()) {
      const command = own(commands, interaction.commandName);
      if (command) return command.run(interaction, context);
    }
    if (interaction.isMessageContextMenuCommand()) {
      const command = own(messageCommands, interaction.commandName);
      if (command) return command.run(interaction, context);
    }
    if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
      const [action = '', argument = '', second = ''] = interaction.customId.split(':');
      if (interaction.isButton()) {
        const button = own(buttons, action);
        if (button) return button.press(interaction, context, argument, second);
      }
      if (interaction.isStringSelectMenu()) {
        const select = own(selects, action);
        if (select) return select.choose(interaction, context, argument);
      }
      if (interaction.isModalSubmit()) {
        const form = own(forms, action);
        if (form) return form.submit(interaction, context, argument, second);
      }
    }
    throw new UserError(({ t }) => t('refusal.unknown'));
  }

  async #recover(interaction: Interaction, error: unknown, words: Words): Promise<void> {
    const { log } = this.#services;
    if (isLost(error)) return this.#sayLost(interaction, error);
    if (!(error instanceof UserError)) {
      log.error({ interactionId: interaction.id, err: error }, 'An interaction failed');
    }
    if (!interaction.isRepliable()) return;
    try {
      await this.#explain(interaction, error, words);
    } catch (err) {
      // After a failure of its own, «acknowledged already» may be what the bot itself did.
      const mayBeOwn = !(error instanceof UserError) && isAnswered(err);
      if (isLost(err) && !mayBeOwn) return this.#sayLost(interaction, err);
      log.warn({ interactionId: interaction.id, err }, 'An answer did not reach its member');
    }
  }

  #sayLost(interaction: Interaction, err: unknown): void {
    const { log, onMissed } = this.#services;
    const { id: interactionId } = interaction;
    if (isAnswered(err)) log.info({ interactionId }, 'Another process answered this interaction');
    else {
      // Whoever types on gets suggestions for what they typed since, and sees no error.
      if (!interaction.isAutocomplete()) onMissed();
      log.warn({ interactionId, err }, 'This interaction was answered too late');
    }
  }

  #explain(interaction: RepliableInteraction, error: unknown, words: Words): Promise<void> {
    const isForUser = error instanceof UserError;
    const broken = error instanceof StoreError ? 'refusal.store' : 'refusal.broken';
    return answerPrivately(interaction, isForUser ? error.say(words) : words.t(broken), {
      words,
      prompt: promptIn(interaction),
      buttons: isForUser && error.startsAnew ? [button('new', words.t('button.makeAnother'))] : [],
    });
  }
}

/** What stands under a name that came from outside: nothing that every object has. */
function own<Value>(record: Record<string, Value>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
