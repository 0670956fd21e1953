import { ButtonStyle } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { everyComponent } from '../../simulator/discord/component-walk.ts';
import { moreCard } from '../../src/discord/more-card.ts';
import type { Job } from '../../src/jobs/job.ts';
import { LOCALES } from '../../src/locale.ts';
import { Words } from '../../src/words.ts';
import { aJob, aRequest, MEMBER, NOON } from '../jobs/a-job.ts';
import { clip, failed, sound } from './a-reference.ts';
import { buttons, linesOf, pictures, textOf } from './components.ts';

const VIDEO = 'https://cdn.discordapp.com/attachments/1/2/seedance-1.mp4?ex=7fffffff&is=1&hm=2';
const BUCKET = 'https://bucket.example/v.mp4';
const at = (time: number) => `<t:${Math.floor(time / 1000)}:R>`;
const later = (seconds: number) => Math.floor(NOON / 1000 + seconds).toString(16);

const done = aJob({
  state: 'succeeded',
  outcome: { kind: 'succeeded', url: BUCKET },
  submittedAt: NOON + 10_000,
  endedAt: NOON + 240_000,
  task: { requestId: 'r', acceptedAt: NOON, creditsCharged: 40 },
});

function more(
  job: Job,
  changes: Partial<Parameters<typeof moreCard>[2]> = {},
  words = Words.in('en'),
) {
  const what = {
    videoUrl: undefined,
    price: undefined,
    isOwn: false,
    mayDelete: false,
    mayReport: false,
    now: NOON,
  };
  return moreCard(job, words, { ...what, ...changes });
}

describe('more about a video', () => {
  it('says which limit kept it from being made, to its own member alone', () => {
    const limit = { scope: 'server', span: 'day', what: 'videos', most: 3 } as const;
    const job = failed({ cause: 'budget', opensAt: NOON, limit });
    const says = expect.stringContaining('This server’s limit of 3 videos a day is used up');
    expect(linesOf(more(job, { isOwn: true }))).toContainEqual(says);
    expect(linesOf(more(job))).not.toContainEqual(says);
  });

  it('is the whole prompt as it was sent, and all that is known', () => {
    expect(linesOf(more(done))).toEqual([
      '**About this video** · Finished',
      'The prompt, as it was sent',
      '```',
      'A paper boat',
      '```',
      `-# For <@${MEMBER}> · 5 s · 16:9 · 720p · Seedance 2.0`,
      '-# Charged: 40 credits',
      `-# Asked ${at(NOON)} · Submitted ${at(NOON + 10_000)} · Ended ${at(NOON + 240_000)}`,
      '-# Job 1',
    ]);
  });

  it('is the prompt letter for letter, 2000 of them', () => {
    const prompt = `**A** boat\n# of ${'paper '.repeat(400)}`.slice(0, 2000);
    expect(textOf(more(aJob({ request: aRequest({ prompt }) })))).toContain(`\`\`\`\n${prompt}\n`);
  });

  it('is in the language of whoever asks, not of its card', () => {
    for (const locale of LOCALES) {
      const words = Words.in(locale);
      const card = more({ ...done, locale: 'en' }, { mayDelete: true }, words);
      expect(textOf(card)).toContain(words.t('more.title'));
      expect(textOf(card)).toContain(words.t('videos.state.succeeded'));
      expect(buttons(card)).toEqual([
        [words.t('button.download'), 'download:1'],
        [words.t('button.delete'), 'delete:1'],
      ]);
    }
  });

  it('says what such a video costs where nothing was charged and the price is known', () => {
    const price = '-# Such a video costs about 40 credits, as last time';
    const cancelled = aJob({ state: 'cancelled', outcome: { kind: 'cancelled' } });
    for (const job of [aJob(), failed({ cause: 'prompt' }), cancelled]) {
      expect(linesOf(more(job, { price: 40 }))).toContain(price);
      expect(textOf(more(job))).not.toContain('credit');
    }
    expect(linesOf(more(done, { price: 7 }))).toContain('-# Charged: 40 credits');
  });

  it('links the message that its files come from', () => {
    const sourceUrl = 'https://discord.com/channels/1/2/3';
    expect(linesOf(more(aJob({ sourceUrl })))).toContain(`-# From [this message](${sourceUrl})`);
  });
});

describe('its references', () => {
  const picture = {
    url: `https://cdn.example/a_b.png?ex=${later(60)}`,
    name: 'a_b.png',
    kind: 'image',
  } as const;

  it('are shown and named, each with its number', () => {
    const card = more(aJob({ request: aRequest({ references: [picture, sound(), clip()] }) }));
    expect(pictures(card)).toEqual([
      { media: { url: picture.url }, description: 'Reference 1' },
      { media: { url: clip().url }, description: 'Reference 3' },
    ]);
    expect(linesOf(card)).toEqual(
      expect.arrayContaining([
        '-# Reference 1: a\\_b.png',
        '-# Reference 2: song.mp3',
        '-# Reference 3: c.mp4',
      ]),
    );
  });

  it('are only named once one of them has expired, and the card says so', () => {
    const references = [clip(), { ...picture, url: `https://cdn.example/a.png?ex=${later(0)}` }];
    const card = more(aJob({ request: aRequest({ references }) }));
    expect(pictures(card)).toEqual([]);
    expect(linesOf(card)).toEqual(
      expect.arrayContaining([
        '-# Reference 1: c.mp4',
        '-# Reference 2: a\\_b.png',
        '-# the files themselves have expired',
      ]),
    );
  });
});

describe('its buttons', () => {
  const USE = ['Use as reference', 'reuse:1'];
  const DELETE = ['Delete', 'delete:1'];

  it('are, in this order: use it, download it, delete it', () => {
    expect(buttons(more(done, { videoUrl: VIDEO, mayDelete: true }))).toEqual([
      USE,
      ['Download', VIDEO],
      DELETE,
    ]);
  });

  it('are without Delete for who may not', () => {
    expect(buttons(more(done, { videoUrl: VIDEO }))).toEqual([USE, ['Download', VIDEO]]);
  });

  it('ask the service for a video that no message holds', () => {
    expect(buttons(more(done, { mayDelete: true }))).toEqual([['Download', 'download:1'], DELETE]);
  });

  it('ask the service too where the address is too long for a link, which Use needs', () => {
    const videoUrl = `${VIDEO}&x=${'y'.repeat(512)}`;
    expect(buttons(more(done, { videoUrl }))).toEqual([['Download', 'download:1']]);
  });

  it('are none where nothing was made and nothing may be deleted', () => {
    expect(buttons(more(aJob()))).toEqual([]);
  });

  it('are not of a clip that the card of a job without a video shows', () => {
    const refused = failed({ cause: 'reference', index: 1 }, [clip()]);
    expect(buttons(more(refused, { videoUrl: clip().url, mayDelete: true }))).toEqual([DELETE]);
  });

  it('warn of deleting by their colour', () => {
    const [, , last] = [
      ...everyComponent([more(done, { videoUrl: VIDEO, mayDelete: true })]),
    ].filter((one) => 'style' in one);
    expect(last).toMatchObject({ style: ButtonStyle.Danger, custom_id: 'delete:1' });
  });
});
