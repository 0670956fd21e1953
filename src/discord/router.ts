import type { Interaction, RepliableInteraction } from 'discord.js';
import { UserError } from '../errors.ts';
import { localeOf } from '../locale.ts';
import { Words } from '../words.ts';
import { answerPrivately } from './answer.ts';
import { button } from './buttons.ts';
import type { Context, Services, Surface } from './command.ts';
import { isLost } from './discord-errors.ts';
import { promptIn } from './given.ts';

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

  /** Refuses whatever still comes and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#underWay);
  }

  async #answer(interaction: Interaction): Promise<void> {
    let context: Context | undefined;
    try {
      if (this.#stopping) throw new UserError(({ t }) => t('refusal.restarting'));
      context = await this.#contextOf(interaction);
      await this.#route(interaction, context);
    } catch (error) {
      const words = context?.words ?? Words.in(localeOf(interaction.locale));
      await this.#recover(interaction, error, words);
    }
  }

  async #contextOf({ user, locale }: Interaction): Promise<Context> {
    const own = await this.#services.preferences.of(user.id);
    const client = Words.in(localeOf(locale));
    return {
      ...this.#services,
      offer: this.#services.currentOffer(),
      own,
      words: own.locale ? Words.in(own.locale) : client,
      command: (name) => `\`/${client.t(`command.${name}.name`)}\``,
    };
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
    if (isLost(error)) {
      log.warn(
        { interactionId: interaction.id, err: error },
        'This interaction was answered too late, or by another process: nothing was done for it',
      );
      return;
    }
    if (!(error instanceof UserError)) {
      log.error({ interactionId: interaction.id, err: error }, 'An interaction failed');
    }
    if (!interaction.isRepliable()) return;
    try {
      await this.#explain(interaction, error, words);
    } catch (err) {
      log.warn({ interactionId: interaction.id, err }, 'An answer did not reach its member');
    }
  }

  #explain(interaction: RepliableInteraction, error: unknown, words: Words): Promise<void> {
    const isForUser = error instanceof UserError;
    return answerPrivately(interaction, isForUser ? error.say(words) : words.t('refusal.broken'), {
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
