import {
  type APIAttachment,
  type APIMessage,
  type APIUnfurledMediaItem,
  Client,
  Message,
  MessageType,
} from 'discord.js';

const client = new Client({ intents: [] });

/** A message as discord.js makes it of what Discord sends. */
export function aMessage(changes: Partial<APIMessage>): Message {
  const data: APIMessage = {
    id: '700',
    channel_id: '30',
    author: { id: '901', username: 'mia', discriminator: '0', global_name: null, avatar: null },
    content: '',
    timestamp: '2026-11-22T12:00:00Z',
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    type: MessageType.Default,
    ...changes,
  };
  // Its constructor is private to TypeScript, and all there is for a message that no client received.
  const made: unknown = Reflect.construct(Message, [client, data]);
  if (made instanceof Message) return made;
  throw new TypeError('That is no message');
}

/** A file of a message. */
export function attachment(filename: string, changes: Partial<APIAttachment> = {}): APIAttachment {
  const url = `https://cdn.discordapp.com/attachments/1/2/${filename}?ex=7fffffff&is=1&hm=2`;
  return { id: '800', filename, size: 1234, url, proxy_url: url, ...changes };
}

/** Media as a component of a message has it. */
export function media(url: string, content_type?: string): APIUnfurledMediaItem {
  return { url, ...(content_type === undefined ? {} : { content_type }) };
}
