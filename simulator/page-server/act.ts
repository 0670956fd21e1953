import { InteractionResponseType } from 'discord-api-types/v10';
import type { Member, SimFile, SimInteraction, SimMessage } from '../discord/discord.ts';
import type { Asked, SentFile } from '../page-protocol/asked.ts';
import type { Answered } from '../page-protocol/told.ts';
import type { Room } from './room.ts';
import { seenMessage } from './seen.ts';

/** What a person does in Discord, as against the switches of the demo. */
export type Deed = Exclude<
  Asked,
  { do: 'be' | 'speak' | 'pace' | 'mishap' | 'expire' | 'kill' | 'start' }
>;

/**
 * Does what a member does in their client, and waits for the bot's answer where it is to have one.
 * @throws Error with why it can't be done, as the client would say it
 */
export async function act(room: Room, member: Member, deed: Deed): Promise<Answered | undefined> {
  switch (deed.do) {
    case 'slash': {
      const options = mapValues(deed.options, (value) =>
        typeof value === 'object' ? fileOf(value) : value,
      );
      const where = { channelId: deed.channelId };
      return answered(await member.slash(deed.command, options, where));
    }
    case 'autocomplete': {
      const { channelId, command, focused, options } = deed;
      const choices = await member.autocomplete(command, focused, options, { channelId });
      return { with: 'choices', interactionId: '', choices };
    }
    case 'press':
      return answered(await member.click(messageOf(room, deed.messageId), deed.customId));
    case 'choose': {
      const message = messageOf(room, deed.messageId);
      return answered(await member.select(message, deed.customId, deed.values));
    }
    case 'use': {
      const message = messageOf(room, deed.messageId);
      return answered(await member.messageCommand(deed.command, message));
    }
    case 'send': {
      const interactions = [...room.stage.discord.interactions.values()];
      const opened = interactions.find(({ id }) => id === deed.interactionId);
      if (!opened) throw new Error('This form is not open any more');
      const values = mapValues(deed.values, (value) =>
        Array.isArray(value) ? filesOrTexts(value) : value,
      );
      // Discord's client leaves a form open where nothing came back, to be sent once more.
      return answered(await member.submitModal(opened, values, { again: opened.modalSent > 0 }));
    }
    case 'say': {
      const { channelId, content, replyTo } = deed;
      await member.say(content, {
        channelId,
        files: deed.files.map(fileOf),
        ...(replyTo !== undefined && { replyTo: messageOf(room, replyTo) }),
      });
      return undefined;
    }
    case 'delete': {
      const seen = seenMessage(room.stage, member, messageOf(room, deed.messageId));
      if (!seen?.mayDelete) throw new Error(`${member.name} may not delete this message`);
      member.deleteMessage(deed.messageId);
      return undefined;
    }
  }
}

async function answered(interaction: SimInteraction): Promise<Answered> {
  const { type, modal } = await interaction.response;
  const { id: interactionId } = interaction;
  if (type === 'none') return { with: 'none', interactionId };
  if (modal) return { with: 'form', interactionId, form: modal };
  const isSilent = type === InteractionResponseType.DeferredMessageUpdate;
  return { with: isSilent ? 'nothing visible' : 'message', interactionId };
}

function messageOf({ stage }: Room, id: string): SimMessage {
  const message = stage.discord.state.messages.get(id);
  if (!message) throw new Error('This message is deleted');
  return message;
}

function fileOf({ base64, ...rest }: SentFile): SimFile {
  return { ...rest, bytes: Buffer.from(base64, 'base64') };
}

function filesOrTexts(values: (string | SentFile)[]): string[] | SimFile[] {
  const texts = values.filter((value) => typeof value === 'string');
  const files = values.filter((value) => typeof value !== 'string');
  return files.length > 0 ? files.map(fileOf) : texts;
}

function mapValues<Value, Mapped>(
  record: Record<string, Value>,
  map: (value: Value) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
