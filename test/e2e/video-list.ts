import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
import { privateAnswer } from './conversation.ts';
import { asRead, type World } from './world.ts';

/** Types /videos and reads the list. */
export async function listOf(world: World, member: Member, where: Where = {}): Promise<SimMessage> {
  return privateAnswer(world, await member.slash('videos', {}, where));
}

/** The videos of a list: each a prompt, and the small print under it. */
export function entriesOf(list: SimMessage): { prompt: string; facts: string }[] {
  const lines = asRead(list).split('\n');
  return lines.flatMap((facts, at) =>
    facts.startsWith('-# ') && facts.includes('<t:')
      ? [{ prompt: lines[at - 1] ?? '', facts }]
      : [],
  );
}

/** Their prompts alone. */
export function promptsOf(list: SimMessage): string[] {
  return entriesOf(list).map(({ prompt }) => prompt);
}
