import { afterEach, expect } from 'vitest';
import type { SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';
import { askAndHold, type World } from './world.ts';

/** The buttons of a video, and of one that could not be made. */
export const MADE = ['Remix', 'Again', 'More'];
export const NOT_MADE = ['Try again', 'Edit', 'More'];

/**
 * No message may have been edited more than four times, after each of a file's tests.
 * @returns takes the ids of cards that Discord changes without saying so: only of those is an edit
 * repeated
 */
export function boundEdits(shared: () => World): Set<string> {
  const repeated = new Set<string>();
  afterEach(() => {
    const { messages, deletedMessages } = shared().discord.state;
    for (const message of [...messages.values(), ...deletedMessages.values()]) {
      if (repeated.has(message.id)) continue;
      expect(message.edits, message.text()).toBeLessThanOrEqual(4);
    }
  });
  return repeated;
}

const LAST_STATES = ['succeeded', 'failed', 'cancelled', 'unconfirmed', 'undelivered'];

/** Waits until the bot has done all it will for a job. @returns what its last log line says */
export function done({ bot }: World, { id }: SimInteraction) {
  return bot.logged(({ jobId, state }) => jobId === id && LAST_STATES.includes(String(state)));
}

/** What the bot wrote in a channel since the card, the card aside. */
export function written(
  { discord }: World,
  card: SimMessage,
  channelId = card.channelId,
): SimMessage[] {
  return [...discord.state.messages.values()].filter(
    (message) =>
      message.channelId === channelId &&
      message.id !== card.id &&
      message.authorId === discord.botUserId &&
      BigInt(message.id) > BigInt(card.id),
  );
}

/** What the bot wrote to someone directly. */
export function writtenTo({ discord }: World, userId: string): SimMessage[] {
  return [...discord.state.messages.values()].filter(
    ({ channelId }) => discord.channels.get(channelId)?.recipientId === userId,
  );
}

/** A channel of its own, so that what happens to it happens to one test alone. */
export async function holdIn(
  world: World,
  channel: Parameters<World['discord']['addChannel']>[0] = {},
) {
  const channelId = world.discord.addChannel(channel);
  const member = world.discord.member();
  const job = await askAndHold(world, {}, member, { channelId });
  const settings = world.discord.channels.get(channelId);
  if (!settings) throw new Error('There is no such channel');
  return { ...job, channelId, channel: settings };
}

/** Requests of a kind that a job's card met. */
export function requests({ discord }: World, method: string, path: string) {
  return discord.state.requests.filter((one) => one.method === method && one.path.includes(path));
}
