import { InteractionContextType } from 'discord.js';
import { expect, it } from 'vitest';
import { isGuest } from '../../src/discord/place.ts';
import { aClient, aCommand } from './an-interaction.ts';

const { client } = aClient();
const { Guild, BotDM, PrivateChannel } = InteractionContextType;

// 0: by a server, or by the bot's own direct messages; 1: by a person.
it.each([
  ['in a server that has it', Guild, { 0: '20' }, false],
  ['in a server that has it, for one who has it too', Guild, { 0: '20', 1: '9' }, false],
  ['in a server that has it not', Guild, { 1: '9' }, true],
  ['in its own direct messages', BotDM, { 0: '0' }, false],
  ['in its own direct messages, for one who has it', BotDM, { 1: '9' }, false],
  ['in a group, or between two others', PrivateChannel, { 1: '9' }, true],
  ['in a server that has it, if Discord names no context', undefined, { 0: '20' }, false],
])('the bot %s is a guest or not', (_where, context, owners, expected) => {
  const interaction = aCommand(client, { context, authorizing_integration_owners: owners });
  expect(isGuest(interaction)).toBe(expected);
});
