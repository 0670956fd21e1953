import { describe, expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import { labels, newCard, press, privateAnswer } from './conversation.ts';
import { askPrivately, directCard, expectNothingPublic } from './privately.ts';
import {
  clip,
  picture,
  restartAfterFailure,
  shareWorld,
  shows,
  startWorld,
  type World,
} from './world.ts';

// The bot's owner has opened it for one server. What somebody asked for there with the private option
// stands in direct messages, which are in no server at all.

const ALLOWED = '100000000000000001';
const NOT_HERE = 'I don’t make videos here: my owner has not opened me for this place.';

const shared = shareWorld({ settings: { ALLOWED_GUILDS: ALLOWED } });
restartAfterFailure(shared);

/** A channel of the server that the owner allows. */
function allowedChannel({ discord }: World): { channelId: string } {
  if (!discord.guilds.has(ALLOWED)) discord.addGuild({ id: ALLOWED });
  return { channelId: discord.addChannel({ guildId: ALLOWED }) };
}

/** A private video that was asked for in the allowed server, and how its card ends. */
async function privateVideo(world: World, ending = 'AI-generated') {
  const { member } = await askPrivately(world, {}, undefined, allowedChannel(world));
  return { member, card: await shows(world, await directCard(world, member), ending) };
}

/** Presses a button that makes one more, and waits until that is made: there, too. */
async function oneMore(world: World, member: Member, card: SimMessage, label: string) {
  const made = await newCard(await press(world, member, card, label));
  return shows(world, made, 'AI-generated');
}

/** The same, by the form that the button opens. */
async function oneMoreByForm(world: World, member: Member, card: SimMessage, label: string) {
  const opened = await press(world, member, card, label);
  const sent = await member.submitModal(opened, { prompt: `By ${label}` });
  return shows(world, await newCard(sent), 'AI-generated');
}

describe('on a private card of an allowed server', () => {
  test('Again and Remix work, also on the cards that they make', async () => {
    const world = shared();
    const { member, card } = await privateVideo(world);
    const again = await oneMore(world, member, card, 'Again');
    const remixed = await oneMoreByForm(world, member, again, 'Remix');
    const last = await oneMore(world, member, remixed, 'Again');
    expect(last.channelId).toBe(card.channelId);
    expect(last.text()).toContain('By Remix');
    expectNothingPublic(world);
  });

  test('Use as reference works', async () => {
    const world = shared();
    const { member, card } = await privateVideo(world);
    const more = await privateAnswer(world, await press(world, member, card, 'More'));
    const reused = await oneMoreByForm(world, member, more, 'Use as reference');
    await oneMore(world, member, reused, 'Again');
    expectNothingPublic(world);
  });

  test('Try again works, and Edit', async () => {
    const world = shared();
    world.seedance.nextEnd({ status: 'failed' });
    const { member, card } = await privateVideo(world, 'Seedance isn’t answering');
    const edited = await oneMoreByForm(world, member, card, 'Edit');
    await oneMore(world, member, edited, 'Again');
    await oneMore(world, member, card, 'Try again');
    expectNothingPublic(world);
  });

  test('Try without it works', async () => {
    const world = shared();
    const where = allowedChannel(world);
    const files = { reference1: await clip(), reference2: await picture() };
    const options = { prompt: 'Somebody [[refuse reference 1]]', ...files };
    const { member } = await askPrivately(world, options, undefined, where);
    const card = await shows(world, await directCard(world, member), 'Reference 1 was refused');
    const pressed = await press(world, member, card, 'Try without it');
    expect((await newCard(pressed)).channelId).toBe(card.channelId);
  });

  test('what is refused there is mended there', async () => {
    const world = shared();
    const { member, card } = await privateVideo(world);
    const opened = await press(world, member, card, 'Remix');
    const values = { prompt: 'Too long', model: ['seedance-1.5-pro'], duration: ['7'] };
    const refusal = await privateAnswer(world, await member.submitModal(opened, values));
    expect(labels(refusal)).toEqual(['Make it 5 s', 'Make it 10 s', 'Edit']);
    const edit = await press(world, member, refusal, 'Edit');
    const edited = await newCard(await member.submitModal(edit, { duration: ['5'] }));
    await shows(world, edited, 'AI-generated');
    await oneMore(world, member, refusal, 'Make it 10 s');
    expectNothingPublic(world);
  });
});

test('a private card of another server makes no more, and a refusal has no button that can’t work', async () => {
  const world = await startWorld();
  const { seedance, bot } = world;
  const { member } = await askPrivately(world);
  const card = await shows(world, await directCard(world, member), 'AI-generated');
  await bot.kill();
  await bot.startAndConnect({ ALLOWED_GUILDS: ALLOWED });
  for (const label of ['Again', 'Remix']) {
    const answer = await privateAnswer(world, await press(world, member, card, label));
    expect(answer.text()).toContain(NOT_HERE);
    expect(labels(answer)).toEqual([]);
  }
  const asked = await member.slash('video', { prompt: 'Not here', private: true });
  const answer = await privateAnswer(world, asked);
  expect(answer.text()).toContain(NOT_HERE);
  expect(answer.text()).toContain('Not here');
  expect(labels(answer)).toEqual([]);
  expect(seedance.state.submits).toBe(1);
});
