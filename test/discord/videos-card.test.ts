import { describe, expect, it } from 'vitest';
import { videosCard } from '../../src/discord/videos-card.ts';
import type { Job } from '../../src/jobs/job.ts';
import { LOCALES } from '../../src/locale.ts';
import { Words } from '../../src/words.ts';
import { aJob, aRequest, NOON } from '../jobs/a-job.ts';
import { buttons, linesOf, textOf } from './components.ts';

const AT_NOON = `<t:${NOON / 1000}:R>`;
const CARD = '[card](https://discord.com/channels/20/30/40)';
const delivery = {
  way: 'channel',
  startedAt: NOON,
  fromLink: false,
  cardRefusesVideo: false,
} as const;

function page(
  jobs: Job[],
  changes: Partial<Parameters<typeof videosCard>[0]> = {},
  words = Words.in('en'),
) {
  return videosCard({ jobs, page: 0, pages: 1, left: 7, command: '`/video`', ...changes }, words);
}

describe('a member’s own videos', () => {
  it.each<[Job['state'], string]>([
    ['waiting', 'In line'],
    ['submitting', 'In line'],
    ['queued', 'Being made'],
    ['processing', 'Being made'],
    ['delivering', 'Nearly there'],
    ['succeeded', 'Finished'],
    ['failed', 'Didn’t work out'],
    ['cancelled', 'Cancelled'],
    ['unconfirmed', 'Lost its answer'],
  ])('are listed with state, prompt, time and a link to the card: %s', (state, said) => {
    const card = page([aJob({ state })]);
    expect(linesOf(card)).toEqual([
      '**Your videos** · 7 videos left today',
      'A paper boat',
      `-# ${said} · ${AT_NOON} · ${CARD}`,
    ]);
    expect(buttons(card)).toEqual([]);
  });

  it('have a Download where Discord took the video nowhere, and no link to a card', () => {
    const card = page([aJob({ state: 'undelivered' })]);
    expect(linesOf(card)[2]).toBe(`-# Finished, but couldn’t be shown · ${AT_NOON}`);
    expect(buttons(card)).toEqual([['Download', 'download:1']]);
  });

  it('say where a message was removed', () => {
    const card = page([aJob({ state: 'succeeded', cardDeleted: true })]);
    expect(linesOf(card)[2]).toBe(`-# Finished · ${AT_NOON} · its message was removed`);
  });

  it('are in the order they come in, ten and more', () => {
    const jobs = [3, 2, 1].map((id) =>
      aJob({ id: String(id), request: aRequest({ prompt: `Boat ${id}` }) }),
    );
    expect(linesOf(page(jobs)).filter((line) => line.startsWith('Boat'))).toEqual([
      'Boat 3',
      'Boat 2',
      'Boat 1',
    ]);
  });

  it.each([
    [0, '0 videos left today'],
    [1, '1 video left today'],
    [1_000_000, '1,000,000 videos left today'],
  ])('say with %d left: %s', (left, said) => {
    expect(linesOf(page([], { left }))[0]).toBe(`**Your videos** · ${said}`);
  });

  it('say how to make one where there are none', () => {
    expect(linesOf(page([], { pages: 0 }))).toEqual([
      '**Your videos** · 7 videos left today',
      'You have made none yet. Use `/video`.',
    ]);
    expect(buttons(page([], { pages: 0 }))).toEqual([]);
  });
});

describe('the link to a card', () => {
  it.each<[string, Partial<Job>, string]>([
    ['in a server', {}, 'https://discord.com/channels/20/30/40'],
    [
      'in direct messages',
      { card: { ...aJob().card, guildId: null, isDirect: true } },
      'https://discord.com/channels/@me/30/40',
    ],
    [
      'to the message that holds the video, where that is another',
      { delivery: { ...delivery, sentTo: { channelId: '30', messageId: '41' } } },
      'https://discord.com/channels/20/30/41',
    ],
    [
      'in the member’s direct messages, where the server’s channel did not take it',
      { delivery: { ...delivery, way: 'direct', sentTo: { channelId: '31', messageId: '42' } } },
      'https://discord.com/channels/@me/31/42',
    ],
  ])('leads %s', (_where, changes, url) => {
    expect(textOf(page([aJob({ state: 'succeeded', ...changes })]))).toContain(`[card](${url})`);
  });
});

describe('its pages', () => {
  const NEWER = (to: number) => ['Newer', `videos:${to}`];
  const OLDER = (to: number) => ['Older', `videos:${to}`];

  it.each([
    [0, 1, [], undefined],
    [0, 3, [OLDER(1)], '-# Page 1 of 3'],
    [1, 3, [NEWER(0), OLDER(2)], '-# Page 2 of 3'],
    [2, 3, [NEWER(1)], '-# Page 3 of 3'],
  ])('on page %d of %d are turned by %j', (at, pages, turns, said) => {
    const card = page([aJob()], { page: at, pages });
    expect(buttons(card)).toEqual(turns);
    expect(linesOf(card).find((line) => line.includes('Page'))).toBe(said);
  });
});

it.each(LOCALES)('the list is in the language of its reader: %s', (locale) => {
  const words = Words.in(locale);
  const card = page([aJob({ state: 'undelivered', locale: 'en' })], { pages: 2 }, words);
  expect(linesOf(card)[0]).toBe(
    `**${words.t('videos.title')}** · ${words.t('videos.left', { count: 7 })}`,
  );
  expect(textOf(card)).toContain(words.t('videos.state.undelivered'));
  expect(buttons(card)).toEqual([
    [words.t('button.download'), 'download:1'],
    [words.t('button.older'), 'videos:1'],
  ]);
});
