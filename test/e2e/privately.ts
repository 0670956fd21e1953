import { expect } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
import { publicMessages } from './conversation.ts';
import type { World } from './world.ts';

export const PRIVATE_PROMPT = 'For my eyes only';

/** A new message of the bot's own, in direct messages too. */
export const isDirectPost = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };

/** Asks for a video with the private option. */
export async function askPrivately(
  { discord }: World,
  options: Parameters<Member['slash']>[1] = {},
  member: Member = discord.member(),
  where: Where = {},
) {
  const given = { prompt: PRIVATE_PROMPT, private: true, ...options };
  return { member, asked: await member.slash('video', given, where) };
}

/** The one card in a member's direct messages, once it is there. */
export async function directCard({ discord }: World, member: Member): Promise<SimMessage> {
  const found = () => discord.dmOf(member).messages;
  await discord.waitFor(() => found()[0], { what: 'a card in direct messages' });
  const [card, ...others] = found();
  expect(others).toEqual([]);
  if (!card) throw new Error('It is gone');
  return card;
}

/** Nothing was written in any channel of a server. */
export function expectNothingPublic(world: World): void {
  const { channels } = world.discord;
  const seen = publicMessages(world).filter(
    ({ channelId }) => channels.get(channelId)?.guildId !== null,
  );
  expect(seen.map((message) => message.text())).toEqual([]);
}
