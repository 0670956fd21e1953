import { askForVideo, COLOUR, shows, taskOf, type World } from './world.ts';

type Asking = Parameters<typeof askForVideo> extends [World, ...infer Rest] ? Rest : never;

/** Asks for a video whose task fails so. */
export async function failedVideo(world: World, error: unknown, ...asking: Asking) {
  world.seedance.nextEnd({ status: 'failed', error });
  const job = await askForVideo(world, ...asking);
  const task = await taskOf(world, job.asked);
  await world.discord.waitFor(() => job.card.accent() === COLOUR.amber, { what: 'its end' });
  return { ...job, task };
}

/** Asks for a video whose submit is not answered. */
export async function lostVideo(world: World, ...asking: Asking) {
  world.seedance.faults.add({ route: 'submit', do: 'reset-after' });
  const job = await askForVideo(world, ...asking);
  await shows(world, job.card, 'We lost the answer');
  return { ...job, task: await taskOf(world, job.asked) };
}
