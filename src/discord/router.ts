import { type Interaction, RESTJSONErrorCodes } from 'discord.js';
import { UserError } from '../errors.ts';
import { answerPrivately } from './answer.ts';
import type { Services, Surface } from './command.ts';

const RESTARTING = 'I’m being restarted. Try again in a minute.';
const BROKEN = 'Something went wrong on my side. Try again in a moment.';
const UNKNOWN = 'This is from an older version of me and does nothing any more.';

/** Hands each interaction to its command or button, and sees to it that each one is answered. */
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
    try {
      await this.#route(interaction);
    } catch (error) {
      await this.#recover(interaction, error);
    }
  }

  async #route(interaction: Interaction): Promise<void> {
    const { commands, buttons } = this.#surface;
    if (interaction.isAutocomplete()) {
      const command = Object.hasOwn(commands, interaction.commandName)
        ? commands[interaction.commandName]
        : undefined;
      if (command?.autocomplete) await command.autocomplete(interaction, this.#services);
      else await interaction.respond([]);
      return;
    }
    if (!interaction.isRepliable()) return;
    if (this.#stopping) return answerPrivately(interaction, RESTARTING);
    if (interaction.isChatInputCommand() && Object.hasOwn(commands, interaction.commandName)) {
      return commands[interaction.commandName]?.run(interaction, this.#services);
    }
    if (interaction.isButton()) {
      const [action = '', argument = ''] = interaction.customId.split(':');
      const button = Object.hasOwn(buttons, action) ? buttons[action] : undefined;
      if (button) return button.press(interaction, argument, this.#services);
    }
    await answerPrivately(interaction, UNKNOWN);
  }

  async #recover(interaction: Interaction, error: unknown): Promise<void> {
    const { log } = this.#services;
    const isForUser = error instanceof UserError;
    if (isLost(error)) {
      log.warn(
        { interactionId: interaction.id, err: error },
        'This interaction was answered too late, or by another process: nothing was done for it',
      );
      return;
    }
    if (!isForUser)
      log.error({ interactionId: interaction.id, err: error }, 'An interaction failed');
    if (!interaction.isRepliable()) return;
    try {
      const isVideo = interaction.isChatInputCommand();
      const prompt = isVideo ? (interaction.options.getString('prompt') ?? undefined) : undefined;
      await answerPrivately(interaction, isForUser ? error.message : BROKEN, prompt);
    } catch (err) {
      log.warn({ interactionId: interaction.id, err }, 'An answer did not reach its member');
    }
  }
}

/** Unknown, expired or acknowledged already: the lock that Discord itself is. */
function isLost(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    code === RESTJSONErrorCodes.UnknownInteraction ||
    code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
  );
}
