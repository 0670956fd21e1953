import { ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import {
  altText,
  endCard,
  finishedCard,
  notStartedCard,
  type ShownVideo,
} from '../../src/discord/end-card.ts';
import type { FailureCause, Job } from '../../src/jobs/job.ts';
import { LOCALES } from '../../src/locale.ts';
import { Words } from '../../src/words.ts';
import { aJob, aRequest, MEMBER, NOON } from '../jobs/a-job.ts';
import { clip, failed, image } from './a-reference.ts';
import { buttons, linesOf, pictures, textOf } from './components.ts';

const GREY = 0x80848e;
const GREEN = 0x23a55a;
const AMBER = 0xf0b232;
const TWO_HOURS_MS = 7_200_000;
const ATTACHED: ShownVideo = { kind: 'attached', fileName: 'v.mp4' };
const at = (time: number) => `<t:${time / 1000}:R>`;

const REMIX = ['Remix', 'remix:1'];
const AGAIN = ['Again', 'again:1'];
const MORE = ['More', 'more:1'];
const EDIT = ['Edit', 'edit:1'];
const WITHOUT = ['Try without it', 'without:1'];
const RETRY = ['Try again', 'retry:1'];
const ANYWAY = ['Try again anyway', 'anyway:1'];

const done = aJob({
  outcome: { kind: 'succeeded', url: 'https://bucket.example/v.mp4' },
  submittedAt: NOON,
  endedAt: NOON + 240_000,
  task: { requestId: 'r', acceptedAt: NOON, creditsCharged: 40 },
});

describe('the card of a finished video', () => {
  it('is green, plays the video and says that it is AI’s', () => {
    const card = finishedCard(done, ATTACHED);
    expect(card.accent_color).toBe(GREEN);
    expect(card.components[0]?.type).toBe(ComponentType.MediaGallery);
    expect(pictures(card)).toEqual([
      { media: { url: 'attachment://v.mp4' }, description: 'AI video: A paper boat' },
    ]);
    expect(linesOf(card)).toEqual([
      '**A paper boat**',
      `-# For <@${MEMBER}> · 5 s · 16:9 · 720p · Seedance 2.0`,
      '-# AI-generated · took 4 min · 40 credits',
    ]);
  });

  it.each<ShownVideo>([
    ATTACHED,
    { kind: 'link', url: 'https://bucket.example/v.mp4', isTooBig: true },
    { kind: 'words', url: 'https://bucket.example/v.mp4' },
    { kind: 'elsewhere', messageUrl: 'https://discord.com/channels/1/2/3' },
  ])('has its three buttons wherever the video is: $kind', (video) => {
    expect(buttons(finishedCard(done, video))).toEqual([REMIX, AGAIN, MORE]);
  });

  it('says nothing of credits where the service told nothing', () => {
    const untold: Job = { ...done, task: { requestId: 'r', acceptedAt: NOON } };
    expect(linesOf(finishedCard(untold, ATTACHED))).toContain('-# AI-generated · took 4 min');
  });

  it.each([
    [0, '1 s'],
    [1000, '1 s'],
    [59_000, '59 s'],
    [60_000, '1 min'],
    [240_000, '4 min'],
    [7_200_000, '2 hr'],
    [5_400_000, '1.5 hr'],
  ])('after %d ms, says that it took %s', (tookMs, took) => {
    const card = finishedCard({ ...done, endedAt: NOON + tookMs }, ATTACHED);
    expect(linesOf(card)).toContain(`-# AI-generated · took ${took} · 40 credits`);
  });

  it('links the message that its files come from', () => {
    const sourceUrl = 'https://discord.com/channels/1/2/3';
    expect(textOf(finishedCard({ ...done, sourceUrl }, ATTACHED))).toContain(
      `-# From [this message](${sourceUrl})`,
    );
  });

  it('plays one that is too big from its link, and says that the link won’t last', () => {
    const url = 'https://bucket.example/v.mp4?sig=1';
    const card = finishedCard(done, { kind: 'link', url, isTooBig: true });
    expect(pictures(card)[0]?.media.url).toBe(url);
    expect(linesOf(card)).toContain(
      '-# Too big to attach here. Save it soon; the link won’t last.',
    );
  });

  it('does not call one too big that only could not be fetched', () => {
    const url = 'https://bucket.example/v.mp4';
    const card = finishedCard(done, { kind: 'link', url, isTooBig: false });
    expect(textOf(card)).not.toContain('Too big');
    expect(textOf(card)).toContain('Save it soon; the link won’t last.');
  });

  it('names where one is that Discord won’t show', () => {
    const card = finishedCard(done, { kind: 'words', url: 'https://bucket.example/v.mp4' });
    expect(pictures(card)).toEqual([]);
    expect(textOf(card)).toContain('(<https://bucket.example/v.mp4>)');
  });

  it('links to one that went into a message of its own', () => {
    const messageUrl = 'https://discord.com/channels/1/2/3';
    const card = finishedCard(done, { kind: 'elsewhere', messageUrl });
    expect(pictures(card)).toEqual([]);
    expect(textOf(card)).toContain(`(${messageUrl})`);
  });
});

describe('the card of a job that ended without a video', () => {
  it.each<[FailureCause, string, string, string[][]]>([
    [
      { cause: 'reference', index: 2 },
      '**Reference 2 was refused**',
      'Photos of real people are a common reason. Try another picture.',
      [EDIT, WITHOUT, MORE],
    ],
    [
      { cause: 'reference' },
      '**A reference was refused**',
      'Photos of real people are a common reason. Try another picture.',
      [EDIT, MORE],
    ],
    [
      { cause: 'prompt' },
      '**The prompt was refused**',
      'Try describing it another way.',
      [EDIT, MORE],
    ],
    [
      { cause: 'account' },
      '**The bot can’t make videos right now**',
      'Its owner has been told.',
      [MORE],
    ],
    [
      { cause: 'service' },
      '**Seedance isn’t answering**',
      'Nothing is wrong with your prompt.',
      [RETRY, EDIT, MORE],
    ],
    [
      { cause: 'expired' },
      '**The files have expired**',
      'Nothing was submitted. Add them again with **Edit**.',
      [EDIT, MORE],
    ],
    [
      { cause: 'too-long' },
      '**This took too long**',
      'We stopped waiting after 2 hours.',
      [RETRY, EDIT, MORE],
    ],
    [
      { cause: 'budget', opensAt: NOON },
      '**This one was not made**',
      `Nothing was submitted. New ones can be made ${at(NOON)}.`,
      [RETRY, EDIT, MORE],
    ],
    [
      { cause: 'budget' },
      '**This one was not made**',
      'Nothing was submitted.',
      [RETRY, EDIT, MORE],
    ],
    [
      { cause: 'struck', opensAt: NOON },
      '**This one was not made**',
      `Nothing was submitted. New ones can be made ${at(NOON)}.`,
      [RETRY, EDIT, MORE],
    ],
    [
      { cause: 'other' },
      '**This one didn’t work out**',
      'Seedance couldn’t make it. A simpler prompt or other references may help.',
      [RETRY, EDIT, MORE],
    ],
  ])('because of %j is amber, says so, and offers the ways on', (why, title, what, ways) => {
    const card = endCard(failed(why, [image('a.png'), image('b.png')]), TWO_HOURS_MS);
    expect(card.accent_color).toBe(AMBER);
    expect(linesOf(card)).toEqual([
      title,
      what,
      'A paper boat',
      `-# For <@${MEMBER}> · 5 s · 16:9 · 720p · Seedance 2.0`,
    ]);
    expect(buttons(card)).toEqual(ways);
  });

  it.each([
    [5_400_000, '1.5 hours'],
    [3_600_000, '1 hour'],
    [60_000, '1 minute'],
    [600_000, '10 minutes'],
  ])('after %d ms says that nobody waits longer than %s', (jobTimeoutMs, time) => {
    expect(linesOf(endCard(failed({ cause: 'too-long' }), jobTimeoutMs))).toContain(
      `We stopped waiting after ${time}.`,
    );
  });

  it('shows the reference that was refused, by its own number', () => {
    const references = [image('a.png'), image('b.png')];
    const card = endCard(failed({ cause: 'reference', index: 2 }, references), TWO_HOURS_MS);
    expect(pictures(card)).toEqual([
      { media: { url: 'https://cdn.example/b.png?ex=1' }, description: 'Reference 2' },
    ]);
  });

  it('does not call a clip a picture', () => {
    const card = endCard(failed({ cause: 'reference', index: 1 }, [clip()]), TWO_HOURS_MS);
    expect(linesOf(card)[1]).toBe('Real people in it are a common reason. Try another one.');
  });

  it.each([0, 6, 99])('shows none where reference %d is none of them', (index) => {
    const card = endCard(failed({ cause: 'reference', index }, [image()]), TWO_HOURS_MS);
    expect(pictures(card)).toEqual([]);
  });

  it('is grey when it was cancelled', () => {
    const card = endCard(aJob({ outcome: { kind: 'cancelled' } }), TWO_HOURS_MS);
    expect(card.accent_color).toBe(GREY);
    expect(linesOf(card)[0]).toBe('**Cancelled**');
    expect(buttons(card)).toEqual([EDIT, MORE]);
  });

  it('says that an answer was lost, and that trying again may charge twice', () => {
    const card = endCard(aJob({ outcome: { kind: 'unconfirmed' } }), TWO_HOURS_MS);
    expect(card.accent_color).toBe(AMBER);
    expect(linesOf(card).slice(0, 2)).toEqual([
      '**We lost the answer**',
      'Your video may have been started and charged, but we can’t find it. Trying again may charge twice.',
    ]);
    expect(buttons(card)).toEqual([ANYWAY, MORE]);
  });
});

it('a card that no job stands behind offers the command and a new video', () => {
  const card = notStartedCard(Words.in('en'), '`/video`');
  expect(card.accent_color).toBe(AMBER);
  expect(linesOf(card)).toEqual([
    '**This one never started**',
    'It was lost before it began. Use `/video` again.',
  ]);
  expect(buttons(card)).toEqual([['Make a video', 'new']]);
});

describe.each(LOCALES)('in %s', (locale) => {
  const { t } = Words.in(locale);

  it('a card is in the language of its job, as is what a screen reader says', () => {
    const card = finishedCard({ ...done, locale }, ATTACHED);
    expect(textOf(card)).toContain(t('card.aiGenerated'));
    expect(pictures(card)[0]?.description).toBe(t('card.altText', { prompt: 'A paper boat' }));
    expect(buttons(card)[0]).toEqual([t('button.remix'), 'remix:1']);
    const lost = endCard(aJob({ locale, outcome: { kind: 'unconfirmed' } }), TWO_HOURS_MS);
    expect(textOf(lost)).toContain(t('end.lostWords'));
    expect(textOf(notStartedCard(Words.in(locale), '`/video`'))).toContain(t('end.notStarted'));
  });
});

it.each(['e\u0301\u0302', 'xx\u0301', '🛶', '👨‍👩‍👧‍👦', 'x'])(
  'a prompt of %s, many times, fits in the description of its video',
  (piece) => {
    const description = altText(aJob({ request: aRequest({ prompt: piece.repeat(1000) }) }));
    expect(description.startsWith('AI video: ')).toBe(true);
    expect(description.length).toBeLessThanOrEqual(1024);
  },
);
