import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import { press, privateAnswer, settled } from './conversation.ts';
import type { World } from './world.ts';

/** A card and whoever asked for it. */
export interface Made {
  card: SimMessage;
  member: Member;
}

/** Goes from a card to the question whether to delete it, as soon as its run has let go of it. */
export async function askToDelete(world: World, job: Made, by = job.member): Promise<SimMessage> {
  const more = await settled(world, { card: job.card, member: by });
  for (;;) {
    const ask = await privateAnswer(world, await press(world, by, more, 'Delete'));
    if (!ask.text().includes('still under way')) return ask;
  }
}

/** Says yes to that question. @returns what it is answered with */
export async function pressSure(world: World, by: Member, ask: SimMessage): Promise<string> {
  return (await privateAnswer(world, await press(world, by, ask, 'Yes, delete it'))).text();
}
