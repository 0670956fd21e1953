import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Member, SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
import { MEMBER_PERMISSIONS } from '../../simulator/discord/permissions.ts';
import { fastClock } from '../../simulator/fast-clock.ts';
import type { SimTask } from '../../simulator/seedance/task.ts';
import { askForVideo, picture, portrait, shows, taskOf, type World } from './world.ts';

/** Presses the button that is labelled so, as a member finds it on the message as it is now. */
export function press(
  { discord }: World,
  member: Member,
  message: SimMessage,
  label: string,
  where: Where = {},
): Promise<SimInteraction> {
  const now = discord.state.messages.get(message.id) ?? message;
  const found = now.buttons().find((button) => button.label === label);
  if (!found?.customId) throw new Error(`There is no button «${label}» on: ${now.text()}`);
  return member.click(now, found.customId, where);
}

/** The labels of a message's buttons, in their order. */
export function labels(message: SimMessage): string[] {
  return message.buttons().map(({ label }) => label ?? '');
}

/** What only the member sees who pressed or typed: as the acknowledgement, after it, or put off. */
export async function privateAnswer(
  { discord }: World,
  interaction: SimInteraction,
): Promise<SimMessage> {
  const { message, modal } = await interaction.response;
  if (modal) throw new Error(`It was answered with the form «${modal.title}»`);
  return discord.waitFor(
    () => {
      const answer = message?.ephemeral ? message : interaction.followups[0];
      const isThere = answer?.ephemeral && !answer.loading;
      return isThere ? answer : undefined;
    },
    { what: 'a private answer' },
  );
}

/** The new card that an interaction was answered with. */
export async function newCard(interaction: SimInteraction): Promise<SimMessage> {
  const { message, modal, ephemeral } = await interaction.response;
  if (!message || ephemeral) {
    throw new Error(`No card, but: ${modal?.title ?? message?.text() ?? 'no answer'}`);
  }
  return message;
}

/** Asks for a video and waits until it is there. */
export async function finishedVideo(world: World, ...asking: Asking) {
  const job = await askForVideo(world, ...asking);
  const card = await shows(world, job.card, 'AI-generated');
  return { ...job, card, task: await taskOf(world, job.asked) };
}

type Asking = Parameters<typeof askForVideo> extends [World, ...infer Rest] ? Rest : never;

/** What the service was asked to make, as far as a member chose it. */
export function requestOf({ body: { metadata: _metadata, ...request } }: SimTask) {
  return request;
}

/** Asks for the same video as many members do: with pictures and settings of its own. */
export async function chosenVideo(): Promise<Options> {
  return {
    prompt: 'A paper boat drifts past neon puddles',
    reference1: await picture(),
    reference2: await portrait(),
    model: 'seedance-2.0-fast',
    duration: 7,
    aspect_ratio: '9:16',
    resolution: '480p',
  };
}

type Options = Parameters<Member['slash']>[1];

/**
 * Waits until nothing is left to be done for a job that has ended, and its record is nobody's.
 * @returns the last private answer to More
 */
export async function settled(
  world: World,
  { card, member }: { card: SimMessage; member: Member },
  where: Where = {},
): Promise<SimMessage> {
  for (;;) {
    const more = await privateAnswer(world, await press(world, member, card, 'More', where));
    if (!more.text().includes('Nearly there')) return more;
  }
}

/** Someone who may manage messages, in every channel or in that one alone. */
export function manager({ discord }: World, channelId?: string): Member {
  const may = MEMBER_PERMISSIONS | PermissionFlagsBits.ManageMessages;
  return channelId === undefined
    ? discord.member({ name: 'moderator', permissions: may })
    : discord.member({ name: 'moderator', permissionsIn: new Map([[channelId, may]]) });
}

/** A member's direct messages with the bot, as a place to type and click in. */
export function directly({ discord }: World, member: Member): { channelId: string } {
  return { channelId: discord.dmOf(member).channelId };
}

/** The bot's process ends as by a power cut, and another begins. */
export async function restart({ bot }: World): Promise<void> {
  await bot.kill();
  await bot.startAndConnect();
}

/** A clock for a world in which a test lets time pass. */
export function movableClock() {
  const first = fastClock(1.001);
  let { now } = first;
  return {
    now: () => now(),
    /** For the settings of its world: the bot need not be started anew to be set to it. */
    env: first.env,
    /**
     * Lets time pass for all. A bot that is not running begins at that later time.
     * @param factor how fast time runs from then on
     */
    async pass({ bot }: World, ms: number, factor = 1.001): Promise<void> {
      // Faster since so long ago that it is that far ahead.
      const aheadMs = ms + now() - Date.now();
      const later = fastClock(factor, Date.now() - aheadMs / (factor - 1));
      now = later.now;
      await bot.setClock(later);
    },
  };
}

/** Everything that has been written for more eyes than one member's. */
export function publicMessages({ discord }: World): SimMessage[] {
  return [...discord.state.messages.values()].filter((message) => !message.ephemeral);
}

/** The names of the files that a task was submitted with, in their order. */
export function filesOf({ body }: SimTask): string[] {
  return (body.mediaUrls ?? []).map((url) => new URL(url).pathname.split('/').at(-1) ?? '');
}
