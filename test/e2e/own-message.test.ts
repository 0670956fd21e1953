import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import { usualBotPermissions } from '../../simulator/discord/permissions.ts';
import { movableClock, privateAnswer } from './conversation.ts';
import { askAndHold, restartAfterFailure, shareWorld, shows, type World } from './world.ts';

// A card that does not take the video: it comes in a message of its own, beside the card.

const clock = movableClock();
const shared = shareWorld({ settings: clock.env, discord: { now: clock.now } });
restartAfterFailure(shared);

const hasFiles = ({ files }: { files: unknown[] }) => files.length > 0;

/** A video under way, in a channel of its own, whose card will not take it. */
async function refusedVideo(world: World, member?: Member, botPermissions?: bigint) {
  const { discord } = world;
  const where = { channelId: discord.addChannel(botPermissions ? { botPermissions } : {}) };
  const job = await askAndHold(world, {}, member, where);
  discord.faults.add({ method: 'PATCH', when: hasFiles, do: { status: 400, code: 50035 } });
  return job;
}

/** The one message beside the card, once the card leads to it. */
async function besideCard(world: World, card: SimMessage): Promise<SimMessage> {
  world.seedance.release();
  await shows(world, card, 'The video is [in its own message]');
  const [beside, ...others] = [...world.discord.state.messages.values()].filter(
    ({ id, channelId, ephemeral }) => channelId === card.channelId && id !== card.id && !ephemeral,
  );
  expect(others).toEqual([]);
  if (!beside) throw new Error('There is no other message');
  expect(beside.video()?.attached).toBe(true);
  expect(card.text()).toContain(`/${beside.channelId}/${beside.id})`);
  return beside;
}

test('it names and pings the member', async () => {
  const world = shared();
  const { card, member } = await refusedVideo(world);
  const beside = await besideCard(world, card);
  expect(beside.text()).toContain(`<@${member.id}>`);
  expect(beside.pinged).toEqual([member.id]);
});

test('with pings switched off in /settings it names the member, and pings nobody', async () => {
  const world = shared();
  const quiet = world.discord.member();
  const settings = await privateAnswer(world, await quiet.slash('settings', {}));
  await (await quiet.select(settings, 'settings:ping', ['off'])).response;
  const { card } = await refusedVideo(world, quiet);
  const beside = await besideCard(world, card);
  expect(beside.text()).toContain(`<@${quiet.id}>`);
  expect(beside.pinged).toEqual([]);
});

test('where the bot may not read what was written before, it replies to nothing, and is there', async () => {
  const world = shared();
  const { discord } = world;
  const all = usualBotPermissions(discord.guildId, 0);
  const allButReading = all & ~PermissionFlagsBits.ReadMessageHistory;
  const { card, member } = await refusedVideo(world, undefined, allButReading);
  const beside = await besideCard(world, card);
  expect(beside.reference).toBeUndefined();
  expect(beside.pinged).toEqual([member.id]);
  expect(discord.dmOf(member).messages).toEqual([]);
});

test('the card is not asked for by a token that is over', async () => {
  const world = shared();
  const { card, asked } = await refusedVideo(world);
  await clock.pass(world, 16 * 60_000);
  await besideCard(world, card);
  const { requests } = world.discord.state;
  expect(requests.filter(({ status }) => status === 401)).toEqual([]);
  const byToken = requests.filter(({ path }) => path.includes(`${asked.token}/messages`));
  expect(byToken).toEqual([]);
});
