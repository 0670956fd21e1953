import {
  type APIApplicationCommand,
  type APIMessage,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ComponentType,
  InteractionType,
} from 'discord-api-types/v10';
import { apiMessage } from './api-objects.ts';
import { fillOptions, type OptionValue, registeredCommand } from './command-options.ts';
import { SimInteraction } from './interaction.ts';
import { contextOf, interactionBase } from './interaction-payload.ts';
import type { SimMessage } from './message.ts';
import { fillModal, type ModalValue } from './modal-submit.ts';
import type { SimFile } from './upload-option.ts';
import type { SimChannel, SimUser, World } from './world.ts';
import { createMessage } from './write-message.ts';

/** Where a member acts and what the bot may do there. Defaults: the first channel, as it is. */
export interface Where {
  channelId?: string;
  appPermissions?: bigint;
  attachmentSizeLimit?: number;
  /** Sends what the command does not allow, as a forged client would. */
  raw?: boolean;
}

/** What a member's hands reach: the world, and the way to the bot. */
export interface MemberReach {
  world: World;
  defaultChannelId: string;
  /** Keeps the interaction so that the REST routes find it. */
  register: (interaction: SimInteraction) => void;
  dispatch: (event: string, data: unknown) => void;
}

/** Someone in Discord: types, clicks, deletes. */
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

  /** Types a slash command as Discord would send it; files are uploaded first. */
  async slash(
    name: string,
    options: Record<string, OptionValue>,
    where: Where = {},
  ): Promise<SimInteraction> {
    const { world } = this.#reach;
    const type = ApplicationCommandType.ChatInput;
    const command = this.#command(name, type, where);
    const raw = where.raw ?? false;
    const filled = fillOptions(world, command, options, { raw, partial: false });
    return this.#send(InteractionType.ApplicationCommand, where, null, {
      id: command.id,
      name,
      type,
      options: filled.options,
      resolved: { attachments: filled.attachments },
    });
  }

  /** Gives what the bot offers while the member types; nothing when it does not answer. */
  async autocomplete(
    name: string,
    focused: string,
    options: Record<string, string | number>,
    where: Where = {},
  ): Promise<{ name: string; value: string | number }[]> {
    const { world } = this.#reach;
    const type = ApplicationCommandType.ChatInput;
    const command = this.#command(name, type, where);
    const typed = { ...options, [focused]: options[focused] ?? '' };
    const filled = fillOptions(world, command, typed, { raw: false, partial: true });
    const interaction = this.#send(InteractionType.ApplicationCommandAutocomplete, where, null, {
      id: command.id,
      name,
      type,
      options: filled.options.map((option) =>
        option.name === focused
          ? { ...option, value: String(option.value), focused: true }
          : option,
      ),
    });
    const { choices = [] } = await interaction.response;
    return choices.map((choice) => ({ name: choice.name, value: choice.value }));
  }

  /** Clicks a button. Throws if the message has no such enabled button or cannot be seen. */
  async click(message: SimMessage, customId: string, where: Where = {}): Promise<SimInteraction> {
    if (message.deleted) throw new Error('the message is deleted');
    const { interactionMetadata: from } = message;
    if (message.ephemeral && from !== null && from.userId !== this.id) {
      throw new Error(`${this.name} cannot see that message`);
    }
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
    const place = { channelId: message.channelId, ...where };
    const data = { component_type: ComponentType.Button, custom_id: customId, id: 1 };
    return this.#send(InteractionType.MessageComponent, place, message, data);
  }

  /** Fills in the modal an interaction was answered with and sends it. */
  async submitModal(
    interaction: SimInteraction,
    values: Record<string, ModalValue>,
  ): Promise<SimInteraction> {
    const { modal } = await interaction.response;
    if (modal === undefined) throw new Error('that interaction was not answered with a modal');
    const { channelId, sizeLimit, onMessage } = interaction.subject;
    const where = { channelId, attachmentSizeLimit: sizeLimit };
    const data = fillModal(this.#reach.world, modal, values);
    return this.#send(InteractionType.ModalSubmit, where, onMessage, data);
  }

  /** Uses a command from a message's menu. */
  async messageCommand(
    name: string,
    message: SimMessage,
    where: Where = {},
  ): Promise<SimInteraction> {
    const { world } = this.#reach;
    const place = { channelId: message.channelId, ...where };
    const type = ApplicationCommandType.Message;
    const command = this.#command(name, type, place);
    const messages: Record<string, APIMessage> = { [message.id]: apiMessage(world, message) };
    return this.#send(InteractionType.ApplicationCommand, place, null, {
      id: command.id,
      name,
      type,
      target_id: message.id,
      resolved: { messages },
    });
  }

  /** Writes an ordinary message, with files attached if any. */
  async say(content: string, how: { channelId?: string; files?: SimFile[] } = {}) {
    const { world } = this.#reach;
    const origin = {
      id: world.newId(),
      channelId: this.#channel(how).id,
      authorId: this.id,
      createdAt: world.now(),
      interactionMetadata: null,
    };
    const uploads = (how.files ?? []).map(({ name, bytes, contentType = null }, index) => ({
      index,
      name,
      contentType,
      bytes: Buffer.from(bytes),
    }));
    const sizeLimit = world.attachmentSizeLimit;
    const asked = { content, allowed_mentions: { parse: [] } };
    return createMessage(world, origin, { asked, uploads, sizeLimit });
  }

  /** Deletes a message, as its author or a moderator would. Throws if there is none. */
  deleteMessage(messageId: string): void {
    const message = this.#reach.world.state.messages.get(messageId);
    if (message === undefined) throw new Error(`there is no message ${messageId}`);
    this.#reach.world.deleteMessage(message);
  }

  #channel(where: Where): SimChannel {
    const id = where.channelId ?? this.#reach.defaultChannelId;
    const channel = this.#reach.world.channels.get(id);
    if (channel === undefined) throw new Error(`there is no channel ${id}`);
    return channel;
  }

  #command(name: string, type: ApplicationCommandType, where: Where): APIApplicationCommand {
    const { world } = this.#reach;
    const channel = this.#channel(where);
    const command = registeredCommand(world, name, type, channel.guildId);
    if (where.raw !== true) refuseElsewhere(command, channel, userInstalledOnly(world, channel));
    return command;
  }

  #send(
    type: InteractionType,
    where: Where,
    onMessage: SimMessage | null,
    data: unknown,
  ): SimInteraction {
    const { world } = this.#reach;
    const channel = this.#channel(where);
    const interaction = new SimInteraction(world, {
      type,
      user: this.user,
      channelId: channel.id,
      guildId: channel.guildId,
      sizeLimit: where.attachmentSizeLimit ?? world.attachmentSizeLimit,
      userInstalledOnly: userInstalledOnly(world, channel),
      onMessage,
    });
    const appPermissions = where.appPermissions ?? channel.botPermissions;
    const base = interactionBase(world, interaction, type, { channel, appPermissions });
    const message = onMessage === null ? {} : { message: apiMessage(world, onMessage) };
    this.#reach.register(interaction);
    this.#reach.dispatch('INTERACTION_CREATE', { ...base, ...message, data });
    return interaction;
  }
}

function userInstalledOnly(world: World, channel: SimChannel): boolean {
  if (channel.guildId === null) return channel.type !== 1;
  return world.guilds.get(channel.guildId)?.botIn !== true;
}

/** Throws for a command the member's client would not offer in that place. */
function refuseElsewhere(
  command: APIApplicationCommand,
  channel: SimChannel,
  byUserOnly: boolean,
): void {
  const { UserInstall, GuildInstall } = ApplicationIntegrationType;
  const installed = command.integration_types ?? [GuildInstall];
  if (!installed.includes(byUserOnly ? UserInstall : GuildInstall)) {
    throw new Error(`/${command.name} is not installed there (the bot is not in that server)`);
  }
  if (command.contexts && !command.contexts.includes(contextOf(channel))) {
    throw new Error(`/${command.name} is not offered in such a channel`);
  }
}
