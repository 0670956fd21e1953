import { describe, expect, test } from 'vitest';
import type { SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';
import {
  directly,
  finishedVideo,
  labels,
  newCard,
  press,
  privateAnswer,
  publicMessages,
  restart,
} from './conversation.ts';
import { restartAfterFailure, shareWorld, shows, type World } from './world.ts';

const shared = shareWorld();
restartAfterFailure(shared);

const NO_RECORD = 'I have no record of this video. You can make a new one.';
const NO_DRAFT = 'I no longer have what you wrote here: I keep it for an hour.';
const UNKNOWN = 'This is from an older version of me and does nothing any more.';

/** What stands under every card, in private answers and lists, and takes the id of a job. */
const OF_A_JOB = [
  ...['cancel', 'remix', 'again', 'edit', 'retry', 'without', 'anyway', 'anyway-sure'],
  ...['more', 'reuse', 'download', 'delete', 'delete-sure', 'show'],
];
const STRANGE_IDS = [
  '123456789012345678',
  ...['', '0', '-1', '1e9', '__proto__', 'constructor', 'toString', '../../etc/passwd', '１２３'],
  '9'.repeat(70),
];

/** What everybody sees, and what the service was asked. */
function seenByAll(world: World): string {
  const { seedance } = world;
  const messages = publicMessages(world).map(({ id, components, files }) => [
    id,
    components,
    [...files.keys()],
  ]);
  return JSON.stringify([messages, seedance.state.submits, seedance.state.creditsSpent]);
}

/** A finished card on which clicks are forged; nobody's click may change anything. */
async function cardToForgeOn(world: World) {
  const job = await finishedVideo(world, { prompt: 'Not to be touched' });
  const before = seenByAll(world);
  return { ...job, leo: world.discord.member({ name: 'leo' }), before };
}

async function answerTo(world: World, click: Promise<SimInteraction>): Promise<SimMessage> {
  return privateAnswer(world, await click);
}

describe('a click on what the bot does not know is answered in private', () => {
  test.each(OF_A_JOB)('%s: a new video is offered', async (action) => {
    const world = shared();
    const { card, leo, member, before } = await cardToForgeOn(world);
    for (const id of STRANGE_IDS) {
      for (const by of [leo, member]) {
        const answer = await answerTo(world, by.clickRaw(card, `${action}:${id}`));
        expect(answer.text()).toContain(NO_RECORD);
        expect(labels(answer)).toEqual(['Make a video']);
      }
    }
    expect(seenByAll(world)).toBe(before);
  });

  test('and the offer leads to the empty form, and on to a video', async () => {
    const world = shared();
    const { card, leo } = await cardToForgeOn(world);
    const answer = await answerTo(world, leo.clickRaw(card, 'more:123456789012345678'));
    const opened = await press(world, leo, answer, 'Make a video');
    const form = await opened.form();
    expect(form.title).toBe('Make a video');
    expect(form.field('prompt').value).toBe('');
    const sent = await leo.submitModal(opened, { prompt: 'A boat after all' });
    await shows(world, await newCard(sent), 'AI-generated');
  });

  test('in a direct message with the bot as well', async () => {
    const world = shared();
    const mia = world.discord.member();
    const { card } = await finishedVideo(world, {}, mia, directly(world, mia));
    const answer = await answerTo(world, mia.clickRaw(card, 'more:123456789012345678'));
    expect(answer.text()).toContain(NO_RECORD);
    expect((await answerTo(world, mia.clickRaw(card, 'upscale:1'))).text()).toBe(UNKNOWN);
  });

  test.each(['mend', 'reopen'])('%s: so is one where the words are gone', async (action) => {
    const world = shared();
    const { card, leo, before } = await cardToForgeOn(world);
    for (const rest of [...STRANGE_IDS, 'abc:99999', '__proto__:5', '1:-5', `of ${leo.id}`]) {
      const answer = await answerTo(world, leo.clickRaw(card, `${action}:${rest}`));
      expect(answer.text()).toContain(NO_DRAFT);
      expect(labels(answer)).toEqual(['Make a video']);
    }
    expect(seenByAll(world)).toBe(before);
  });

  test.each([
    ['an action of long ago', 'upscale:123456789012345678'],
    ['what every object has', '__proto__:1'],
    ['what every object has, too', 'constructor:1'],
    ['what every object has, alone', 'toString'],
    ['a colon', ':'],
    ['many colons', ':::::'],
    ['a blank', ' '],
    ['100 characters', 'x'.repeat(100)],
    ['100 emoji halves', '⛵'.repeat(100)],
    ['the name of a command', 'video:1'],
    ['the name of a form', 'form:1'],
    ['the name of a menu', 'settings:model'],
    ['another case', 'MORE:1'],
  ])('%s: it does nothing any more', async (_, customId) => {
    const world = shared();
    const { card, leo, before } = await cardToForgeOn(world);
    const answer = await answerTo(world, leo.clickRaw(card, customId));
    expect(answer.text()).toBe(UNKNOWN);
    expect(labels(answer)).toEqual([]);
    expect(seenByAll(world)).toBe(before);
  });
});

describe('a choice that nobody offered', () => {
  test.each([
    ['of a menu that is none', 'upscale'],
    ['of a button', 'more:123456789012345678'],
    ['of what every object has', '__proto__:1'],
  ])('%s does nothing', async (_, customId) => {
    const world = shared();
    const { card, leo, before } = await cardToForgeOn(world);
    const answer = await answerTo(world, leo.selectRaw(card, customId, ['seedance-1.5-pro']));
    expect(answer.text()).toBe(UNKNOWN);
    expect(seenByAll(world)).toBe(before);
  });
});

describe('a form that nobody opened', () => {
  test.each(['upscale:1', '__proto__', 'more:1', 'x'.repeat(100)])(
    '%s: the words are given back',
    async (customId) => {
      const world = shared();
      const { card, leo, before } = await cardToForgeOn(world);
      const sent = leo.submitModalRaw(customId, { prompt: 'Not lost' }, { onMessage: card });
      const answer = await answerTo(world, sent);
      expect(answer.text()).toContain(UNKNOWN);
      expect(answer.text()).toContain('Not lost');
      expect(seenByAll(world)).toBe(before);
    },
  );

  test.each(['form:', 'form:123456789012345678', 'form:__proto__', 'form:of 1'])(
    '%s: they are kept, and submitted only when looked over',
    async (customId) => {
      const world = shared();
      const { leo, before } = await cardToForgeOn(world);
      const sent = await leo.submitModalRaw(customId, { prompt: 'Not lost' });
      const answer = await privateAnswer(world, sent);
      expect(answer.text()).toContain('Look it over with **Edit**.');
      expect(answer.text()).toContain('Not lost');
      expect(labels(answer)).toEqual(['Edit']);
      expect(seenByAll(world)).toBe(before);
      const form = await (await press(world, leo, answer, 'Edit')).form();
      expect(form.field('prompt').value).toBe('Not lost');
    },
  );

  test('with fields of other kinds, or none at all', async () => {
    const world = shared();
    const { leo, before } = await cardToForgeOn(world);
    const strange = { prompt: ['a', 'b'], model: 'seedance-2.0', references: 'none', more: 'x' };
    for (const values of [strange, {}]) {
      const answer = await answerTo(world, leo.submitModalRaw('form:1', values));
      expect(answer.text()).toContain('Look it over with **Edit**.');
      expect(labels(answer)).toEqual(['Edit']);
    }
    expect(seenByAll(world)).toBe(before);
  });
});

describe('what is for one place, clicked in another', () => {
  test('a list of videos and settings never turn up on a card that everybody sees', async () => {
    const world = shared();
    const { card, leo, before } = await cardToForgeOn(world);
    for (const page of ['0', '1', '', '__proto__']) {
      const answer = await answerTo(world, leo.clickRaw(card, `videos:${page}`));
      expect(answer.text()).toContain('Your videos');
    }
    for (const name of ['ping', '', '__proto__']) {
      const answer = await answerTo(world, leo.selectRaw(card, `settings:${name}`, ['off']));
      expect(answer.text()).toContain('Your settings');
    }
    expect(seenByAll(world)).toBe(before);
  });

  test('Show result, on a card that never asked for it, does not deliver it once more', async () => {
    const world = shared();
    const { card, leo, task, asked } = await cardToForgeOn(world);
    const { downloads } = task;
    // An orderly end, so that nobody has it in hand any more.
    await world.bot.stop();
    await world.bot.startAndConnect();
    const answer = await answerTo(world, leo.clickRaw(card, `show:${asked.id}`));
    expect(answer.text()).toBe(UNKNOWN);
    await finishedVideo(world);
    expect(card.edits).toBe(1);
    expect(task.downloads).toBe(downloads);
  });
});

describe('another’s video, clicked from where it is not', () => {
  /** A private video, and a card in a channel that its stranger does not see. */
  async function hiddenVideo(world: World, where: 'direct' | 'elsewhere') {
    const mia = world.discord.member();
    const place =
      where === 'direct' ? directly(world, mia) : { channelId: world.discord.addChannel() };
    return finishedVideo(world, { prompt: 'My little secret' }, mia, place);
  }

  test.each(['direct', 'elsewhere'] as const)(
    '%s: nothing of it is told or done',
    async (where) => {
      const world = shared();
      const hidden = await hiddenVideo(world, where);
      const { card, leo, before } = await cardToForgeOn(world);
      for (const action of OF_A_JOB.filter((one) => one !== 'cancel')) {
        const answer = await answerTo(world, leo.clickRaw(card, `${action}:${hidden.asked.id}`));
        expect(answer.text()).toContain(NO_RECORD);
        expect(answer.text()).not.toContain('secret');
        expect(labels(answer)).toEqual(['Make a video']);
      }
      const cancel = await answerTo(world, leo.clickRaw(card, `cancel:${hidden.asked.id}`));
      expect(cancel.text()).not.toContain('secret');
      await restart(world);
      const late = await answerTo(world, leo.clickRaw(card, `more:${hidden.asked.id}`));
      expect(late.text()).toContain(NO_RECORD);
      expect(seenByAll(world)).toBe(before);
    },
  );

  test('one’s own is told in private, wherever one asks', async () => {
    const world = shared();
    const hidden = await hiddenVideo(world, 'direct');
    const { card } = await cardToForgeOn(world);
    const click = hidden.member.clickRaw(card, `more:${hidden.asked.id}`);
    const answer = await answerTo(world, click);
    expect(answer.ephemeral).toBe(true);
    expect(answer.text()).toContain('My little secret');
  });

  test('what another wrote and was refused is theirs alone', async () => {
    const world = shared();
    const { card, leo, member } = await cardToForgeOn(world);
    const asked = await member.slash(
      'video',
      { prompt: 'My little secret', duration: 99 },
      { raw: true },
    );
    const refusal = await privateAnswer(world, asked);
    const before = seenByAll(world);
    for (const { customId } of refusal.buttons()) {
      const answer = await answerTo(world, leo.clickRaw(card, customId ?? ''));
      expect(answer.text()).toContain(NO_DRAFT);
      expect(answer.text()).not.toContain('secret');
      expect(labels(answer)).toEqual(['Make a video']);
    }
    expect(seenByAll(world)).toBe(before);
  });
});
