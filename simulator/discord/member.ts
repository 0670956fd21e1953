import {
  type APIApplicationCommandOption,
  type APIMessage,
  ApplicationCommandType,
  ChannelType,
  ComponentType,
  InteractionType,
} from 'discord-api-types/v10';
import { apiMessage } from './api-message.ts';
import { commandFor, offeredCommands } from './command-offer.ts';
import type { OptionValue } from './command-options.ts';
import { seenCommands } from './command-view.ts';
import { everyComponent } from './component-walk.ts';
import type { SimInteraction } from './interaction.ts';
import { forwardAs, type Said, sayAs } from './member-message.ts';
import type { SimMessage } from './message.ts';
import { fillModal, forgeModal, type ModalValue } from './modal-submit.ts';
import { offeredChoices } from './offered-choices.ts';
import { canSee, canView, refuseUnseen, refuseUnselectable } from './seeing.ts';
import type { SeenCommand } from './seen-command.ts';
import { channelFor, type MemberReach, send, type Where } from './sending.ts';
import { typedOut, typedSoFar } from './typed-command.ts';
import type { SimChannel, SimUser } from './world.ts';

export type { Where } from './sending.ts';

/** Someone in Discord: types, clicks, chooses, fills in, writes, deletes. */
export class Member {
  readonly id: string;
  readonly name: string;
  readonly user: SimUser;
  readonly #reach: MemberReach;

  constructor(reach: MemberReach, user: SimUser) {
    this.#reach = reach;
    this.user = user;
    this.id = user.id;
    this.name = user.name;
  }

  /**
   * The commands the member's client offers in a place, in the member's language; subcommands stand
   * for themselves, by the name that {@link slash} takes.
   */
  commands(where: Where = {}): SeenCommand[] {
    const { world } = this.#reach;
    const { user } = this;
    const channel = channelFor(this.#reach, user, where);
    const offers = (option: APIApplicationCommandOption) =>
      offeredChoices(world, { user, channel }, option);
    const offered = offeredCommands(world, user, channel);
    return offered.flatMap((command) => seenCommands(command, user.locale, offers));
  }

  /** The text channels of a server that the member's client shows. */
  channels(guildId: string): SimChannel[] {
    const { world } = this.#reach;
    return [...world.channels.values()].filter(
      (channel) =>
        channel.guildId === guildId &&
        channel.type === ChannelType.GuildText &&
        canView(world, this.user, channel),
    );
  }

  /** A message as the member's client gets it; undefined if it stands where they can't see it. */
  shown(message: SimMessage): APIMessage | undefined {
    const { world } = this.#reach;
    return canSee(world, this.user, message) ? apiMessage(world, message) : undefined;
  }

  /**
   * Types a slash command as Discord would send it; files are uploaded first.
   * @param typed its name, and its subcommand if it has any: `video`, `video-admin limits`
   */
  async slash(
    typed: string,
    options: Record<string, OptionValue>,
    where: Where = {},
  ): Promise<SimInteraction> {
    return send(this.#reach, this.user, typedOut(this.#reach, this.user, typed, options, where));
  }

  /**
   * Gives what the bot offers while the member types; nothing when it does not answer.
   * @param typed as {@link slash} takes it
   */
  async autocomplete(
    typed: string,
    focused: string,
    options: Record<string, string | number>,
    where: Where = {},
  ): Promise<{ name: string; value: string | number }[]> {
    const given = { ...options, [focused]: options[focused] ?? '' };
    const sending = typedSoFar(this.#reach, this.user, typed, { given, focused }, where);
    const { choices = [] } = await send(this.#reach, this.user, sending).response;
    return choices.map((choice) => ({ name: choice.name, value: choice.value }));
  }

  /** Clicks a button. Throws if the message has no such enabled button or cannot be seen. */
  async click(message: SimMessage, customId: string, where: Where = {}): Promise<SimInteraction> {
    refuseUnseen(this.user, message);
    const button = message.buttons().find((one) => one.customId === customId);
    if (button === undefined) throw new Error(`there is no button ${customId}`);
    if (button.disabled) throw new Error(`the button ${customId} is disabled`);
    return this.clickRaw(message, customId, where);
  }

  /** Sends a click whether or not the button is there: late or forged. */
  async clickRaw(
    message: SimMessage,
    customId: string,
    where: Where = {},
  ): Promise<SimInteraction> {
    return this.#use(message, where, { component_type: ComponentType.Button, custom_id: customId });
  }

  /**
   * Chooses options of a select. Throws if the message has no such enabled select, cannot be seen,
   * or the select does not offer these values or not so many.
   */
  async select(
    message: SimMessage,
    customId: string,
    values: string[],
    where: Where = {},
  ): Promise<SimInteraction> {
    refuseUnseen(this.user, message);
    refuseUnselectable(message, customId, values);
    return this.selectRaw(message, customId, values, where);
  }

  /** Sends a choice whether or not the select is there and offers it: late or forged. */
  async selectRaw(
    message: SimMessage,
    customId: string,
    values: string[],
    where: Where = {},
  ): Promise<SimInteraction> {
    const component_type = ComponentType.StringSelect;
    return this.#use(message, where, { component_type, custom_id: customId, values });
  }

  /**
   * Fills in the modal an interaction was answered with and sends it. A field left out keeps what
   * was filled in.
   * @param how.raw sends what a client would not: unfit values, fields the modal does not have
   * @param how.again sends it once more, as a client does that lost the connection
   */
  async submitModal(
    interaction: SimInteraction,
    values: Record<string, ModalValue>,
    how: { raw?: boolean; again?: boolean } = {},
  ): Promise<SimInteraction> {
    const { modal } = await interaction.response;
    if (modal === undefined) throw new Error('that interaction was not answered with a modal');
    if (interaction.subject.user.id !== this.id) throw new Error(`it opened for another member`);
    const data = fillModal(this.#reach.world, modal, values, how.raw ?? false);
    if (interaction.modalSent > 0 && how.again !== true) throw new Error('that modal is closed');
    interaction.modalSent += 1;
    const { channelId, sizeLimit, onMessage } = interaction.subject;
    return send(this.#reach, this.user, {
      type: InteractionType.ModalSubmit,
      where: { channelId, attachmentSizeLimit: sizeLimit },
      data,
      onMessage,
      openedBy: interaction,
    });
  }

  /** Sends a modal that nobody opened: late or forged, from a message or from nowhere. */
  async submitModalRaw(
    customId: string,
    values: Record<string, ModalValue>,
    { onMessage, ...where }: Where & { onMessage?: SimMessage } = {},
  ): Promise<SimInteraction> {
    const place = onMessage === undefined ? where : { channelId: onMessage.channelId, ...where };
    const data = forgeModal(this.#reach.world, customId, values);
    const type = InteractionType.ModalSubmit;
    return send(this.#reach, this.user, { type, where: place, data, onMessage: onMessage ?? null });
  }

  /** Uses a command from a message's menu. */
  async messageCommand(
    name: string,
    message: SimMessage,
    where: Where = {},
  ): Promise<SimInteraction> {
    refuseUnseen(this.user, message);
    const place = { channelId: message.channelId, ...where };
    const type = ApplicationCommandType.Message;
    const command = this.#command(name, type, place);
    const shown = apiMessage(this.#reach.world, message);
    const messages: Record<string, APIMessage> = { [message.id]: shown };
    return send(this.#reach, this.user, {
      type: InteractionType.ApplicationCommand,
      where: place,
      data: { id: command.id, name, type, target_id: message.id, resolved: { messages } },
      command,
      typed: name,
      targetMessage: message,
    });
  }

  /** Writes an ordinary message, with files if any; see {@link Said} for the rest. */
  async say(content: string, how: Said & { channelId?: string } = {}): Promise<SimMessage> {
    const { channelId, ...said } = how;
    const place = channelId === undefined ? {} : { channelId };
    const { id } = channelFor(this.#reach, this.user, place);
    return sayAs(this.#reach.world, this.user, id, { ...said, content });
  }

  /** Forwards a message, by default to the first channel. */
  async forward(message: SimMessage, where: Where = {}): Promise<SimMessage> {
    const { id } = channelFor(this.#reach, this.user, where);
    return forwardAs(this.#reach.world, this.user, id, message);
  }

  /** Deletes a message, as its author or a moderator would. Throws if there is none. */
  deleteMessage(messageId: string): void {
    const message = this.#reach.world.state.messages.get(messageId);
    if (message === undefined) throw new Error(`there is no message ${messageId}`);
    this.#reach.world.deleteMessage(message);
  }

  #command(name: string, type: ApplicationCommandType, where: Where) {
    const { world } = this.#reach;
    const channel = channelFor(this.#reach, this.user, where);
    return commandFor(world, this.user, channel, { name, type, raw: where.raw ?? false });
  }

  #use(
    message: SimMessage,
    where: Where,
    data: { component_type: ComponentType; custom_id: string; values?: string[] },
  ): SimInteraction {
    const component = [...everyComponent(message.components)].find(
      (one) => 'custom_id' in one && one.custom_id === data.custom_id,
    );
    return send(this.#reach, this.user, {
      type: InteractionType.MessageComponent,
      where: { channelId: message.channelId, ...where },
      data: { ...data, id: component?.id ?? 1 },
      onMessage: message,
    });
  }
}
