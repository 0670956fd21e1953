import {
  ApplicationCommandType,
  ButtonInteraction,
  ChannelType,
  ChatInputCommandInteraction,
  Client,
  ComponentType,
  InteractionContextType,
  InteractionType,
} from 'discord.js';

/** What the bot sent, by the last part of its path: `callback`, `messages`… */
export interface Sent {
  to: string;
  body: unknown;
}

export const MIA = {
  id: '900',
  username: 'mia',
  discriminator: '0',
  global_name: null,
  avatar: null,
};

/**
 * A client of a Discord that takes whatever is sent, and only notes it.
 * @param answer what it says to everything but an acknowledgement
 */
export function aClient(answer: object = { id: '50', channel_id: '30' }): {
  client: Client;
  sent: Sent[];
} {
  const sent: Sent[] = [];
  const makeRequest = async (url: string, { body }: { body?: unknown }) => {
    const to = new URL(url).pathname.split('/').at(-1) ?? '';
    sent.push({ to, body: typeof body === 'string' ? JSON.parse(body) : body });
    return Response.json(to === 'callback' ? { interaction: { id: '1', type: 2 } } : answer);
  };
  const client = new Client({ intents: [], rest: { makeRequest } });
  client.rest.setToken('token');
  return { client, sent };
}

/** A slash command as discord.js makes it of what Discord sends. */
export function aCommand(
  client: Client,
  changes: {
    id?: string;
    context?: InteractionContextType | undefined;
    authorizing_integration_owners?: Record<string, string>;
    guild_id?: string | undefined;
    /** Who asks, as a member of the server. */
    member?: { user: object; roles: string[] };
  } = {},
): ChatInputCommandInteraction {
  const made: unknown = Reflect.construct(ChatInputCommandInteraction, [
    client,
    {
      id: '1',
      application_id: '10',
      type: InteractionType.ApplicationCommand,
      token: 'token',
      version: 1,
      channel: { id: '30', type: 0 },
      channel_id: '30',
      guild_id: '20',
      user: MIA,
      app_permissions: String(2n ** 40n - 1n),
      locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: { 0: '20' },
      context: InteractionContextType.Guild,
      attachment_size_limit: 10_485_760,
      data: { id: '2', name: 'video', type: ApplicationCommandType.ChatInput },
      ...changes,
    },
  ]);
  // Its constructor is private to TypeScript, and all there is for one that no gateway brought.
  if (made instanceof ChatInputCommandInteraction) return made;
  throw new TypeError('That is no command');
}

/** A press of a button on a message that the bot has sent, in a group where it is a guest. */
export function aPress(client: Client, messageId: string, customId: string): ButtonInteraction {
  const made: unknown = Reflect.construct(ButtonInteraction, [
    client,
    {
      id: '3',
      application_id: '10',
      type: InteractionType.MessageComponent,
      token: 'token of the press',
      version: 1,
      channel: { id: '30', type: ChannelType.GroupDM },
      channel_id: '30',
      user: MIA,
      app_permissions: '0',
      locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: { 1: MIA.id },
      context: InteractionContextType.PrivateChannel,
      attachment_size_limit: 10_485_760,
      message: { id: messageId, channel_id: '30', author: { ...MIA, id: '10' }, attachments: [] },
      data: { custom_id: customId, component_type: ComponentType.Button },
    },
  ]);
  // As above.
  if (made instanceof ButtonInteraction) return made;
  throw new TypeError('That is no press of a button');
}
