import { describe, expect, it } from 'vitest';
import { surface } from '../../commands/index.ts';
import { checkCommands } from '../../simulator/discord/command-shape.ts';
import { progressCard } from '../../src/discord/card.ts';
import { declare } from '../../src/discord/declare.ts';
import { defaultsFor } from '../../src/discord/defaults.ts';
import {
  altText,
  endCard,
  finishedCard,
  notStartedCard,
  type ShownVideo,
} from '../../src/discord/end-card.ts';
import { type FormTitle, form } from '../../src/discord/form.ts';
import { moreCard } from '../../src/discord/more-card.ts';
import { settingsCard } from '../../src/discord/settings-card.ts';
import { videosCard } from '../../src/discord/videos-card.ts';
import type { FailureCause, Job } from '../../src/jobs/job.ts';
import { LOCALES } from '../../src/locale.ts';
import { MODEL_IDS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';
import { REFERENCE_KINDS } from '../../src/references.ts';
import { Words } from '../../src/words.ts';
import { aJob, aRequest, NOON } from '../jobs/a-job.ts';
import {
  ATTACHED,
  expectFormToFit,
  expectMessageToFit,
  expectToBePublished,
} from './discord-limits.ts';
import { MOST } from './most-on-offer.ts';
import { randomFrom, SEED, textIn, WRITINGS, type Writing } from './random-text.ts';

const ID = '18446744073709551615';
const LINK = `https://discord.com/channels/${ID}/${ID}/${ID}`;
const YEAR_3000 = 32_503_680_000_000;
/** Discord: the name of a command is at most 32 characters long. */
const COMMAND = `\`/${'x'.repeat(32)}\``;
const WEEK_MS = 604_800_000;
/** So long may be what a gallery shows; a link in words is no longer than what the service gives. */
const LONG_URL = `https://bucket.example/${'x'.repeat(2000)}.mp4`;

const offer = offerOf({ allowedModels: MODEL_IDS, maxDurationSecs: 15, maxResolution: '1080p' });

const OUTCOMES: Job['outcome'][] = [
  { kind: 'cancelled' },
  { kind: 'unconfirmed' },
  ...(
    [
      { cause: 'reference', index: 5 },
      { cause: 'reference' },
      { cause: 'prompt' },
      { cause: 'account' },
      { cause: 'service' },
      { cause: 'expired' },
      { cause: 'too-long' },
      { cause: 'budget', opensAt: YEAR_3000 },
      { cause: 'other' },
    ] satisfies FailureCause[]
  ).map((why) => ({ kind: 'failed', why }) as const),
];

const VIDEOS: ShownVideo[] = [
  { kind: 'attached', fileName: ATTACHED },
  { kind: 'link', url: LONG_URL, isTooBig: true },
  { kind: 'link', url: LONG_URL, isTooBig: false },
  { kind: 'words', url: LONG_URL },
  { kind: 'elsewhere', messageUrl: LINK },
];

/** A job with as much of everything as there can be. */
function longestJob(writing: Writing, random: () => number): Job {
  const of = (length: number) => textIn(writing, length, random);
  const references = Array.from({ length: 5 }, (_, index) => {
    const kind = REFERENCE_KINDS[Math.floor(random() * REFERENCE_KINDS.length)] ?? 'image';
    const url = `https://cdn.discordapp.com/${'y'.repeat(1990)}/${index}.png?ex=ffffffff`;
    return { url, name: `${of(260)}.png`, kind };
  });
  return aJob({
    id: ID,
    memberId: ID,
    createdAt: YEAR_3000,
    submittedAt: YEAR_3000,
    endedAt: YEAR_3000 + WEEK_MS,
    sourceUrl: LINK,
    estimate: { usualMs: { from: WEEK_MS, to: 2 * WEEK_MS }, credits: 999_999_999 },
    task: { requestId: 'r', acceptedAt: NOON, creditsCharged: 999_999_999 },
    request: aRequest({
      prompt: of(2000),
      leftOut: Array.from({ length: 400 }, () => `--dur ${of(8)}`),
      references,
      durationSecs: 15,
      model: 'seedance-2.0-fast',
      resolution: '1080p',
    }),
  });
}

/** A job's card at each of its stages. */
function stagesOf(job: Job): Job[] {
  const card = { ...job.card, guildId: ID, channelId: ID, messageId: ID };
  const ending = { ...card, isGuest: true, asksForClick: true };
  return [
    { ...job, card: { ...card, shows: 'line' } },
    { ...job, card: { ...card, shows: 'line' }, heldBackSince: NOON },
    { ...job, card },
    { ...job, card, cancelRefused: true },
    { ...job, card: { ...ending, shows: 'line' } },
    { ...job, card: ending },
    { ...job, card: ending, cancelRefused: true },
  ];
}

describe(`with the seed ${SEED}`, () => {
  describe.each(LOCALES)('in %s', (locale) => {
    const words = Words.in(locale);

    it.each(WRITINGS)('every screen fits, whatever is written: %s', (writing) => {
      const random = randomFrom(SEED);
      const job: Job = { ...longestJob(writing, random), locale };
      for (const stage of stagesOf(job)) expectMessageToFit(progressCard(stage, 999_999));
      for (const video of VIDEOS) expectMessageToFit(finishedCard(job, video));
      for (const outcome of OUTCOMES) expectMessageToFit(endCard({ ...job, outcome }, WEEK_MS));
      expect(altText(job).length).toBeLessThanOrEqual(1024);
    });

    it.each(WRITINGS)('More fits: %s', (writing) => {
      const job: Job = { ...longestJob(writing, randomFrom(SEED)), state: 'undelivered' };
      const what = {
        price: 999_999_999,
        isOwn: true,
        mayDelete: true,
        mayReport: false,
        now: NOON,
        videoUrl: undefined,
      };
      const link = `https://cdn.discordapp.com/${'x'.repeat(480)}.mp4`;
      const made: Job = { ...job, outcome: { kind: 'succeeded', url: LONG_URL } };
      for (const videoUrl of [undefined, link, LONG_URL]) {
        expectMessageToFit(moreCard(made, words, { ...what, videoUrl }));
      }
      expectMessageToFit(moreCard({ ...job, task: undefined }, words, what));
      const limit = { scope: 'member-here', span: 'month', what: 'credits', most: 1e6 } as const;
      const outcomes = [undefined, YEAR_3000].map(
        (opensAt) => ({ kind: 'failed', why: { cause: 'budget', opensAt, limit } }) as const,
      );
      for (const outcome of outcomes) {
        expectMessageToFit(moreCard({ ...job, outcome }, words, what));
      }
      expectMessageToFit(moreCard(made, words, { ...what, now: 2 * YEAR_3000 }));
    });

    it.each(WRITINGS)('ten videos fit on a page: %s', (writing) => {
      const random = randomFrom(SEED);
      const ten = Array.from({ length: 10 }, (_, index): Job => {
        const job = longestJob(writing, random);
        const card = { ...job.card, guildId: ID, channelId: ID, messageId: ID };
        return { ...job, id: `1844674407370955161${index}`, card };
      });
      for (const state of ['undelivered', 'succeeded', 'unconfirmed', 'processing'] as const) {
        for (const cardDeleted of [undefined, true]) {
          const jobs = ten.map((job) => ({ ...job, state, cardDeleted }));
          const page = { jobs, page: 99_998, pages: 100_000, left: 1_000_000, command: COMMAND };
          expectMessageToFit(videosCard(page, words));
        }
      }
    });

    it.each(WRITINGS)('the form fits: %s', (writing) => {
      const random = randomFrom(SEED);
      const defaults = defaultsFor(offer, { wantsPing: true });
      const file = { contentType: null, sizeBytes: 0, width: 1, height: 1 };
      const five = Array.from({ length: 5 }, () => ({ ...file, name: 'a.png', url: LINK }));
      const titles: FormTitle[] = ['make', 'remix', 'edit', 'animate', 'reuse'];
      for (const [index, title] of titles.entries()) {
        const files = (['none', 'kept', 'expired', 'reused'] as const)[index % 4] ?? 'none';
        const prompt = textIn(writing, [2, 2000, 4000, 2000, 6000][index] ?? 2, random);
        const given = { prompt, files: five, isPrivate: true };
        const draft = { id: ID, memberId: ID, given, files };
        expectFormToFit(form(draft, title, { offer, defaults, words }));
      }
    });

    it('what there is to choose from fits, at its most', () => {
      const own = { wantsPing: true, durationSecs: 17, aspectRatio: '14:21', resolution: '8k' };
      const given = { prompt: '', files: [], isPrivate: false, durationSecs: 17 };
      const draft = { id: ID, memberId: ID, given, files: 'none' } as const;
      const defaults = defaultsFor(MOST, own);
      expectFormToFit(form(draft, 'make', { offer: MOST, defaults, words }));
      expectMessageToFit(settingsCard(own, MOST, words));
    });

    it('what no member wrote fits', () => {
      expectMessageToFit(notStartedCard(words, COMMAND));
      expectMessageToFit(
        videosCard({ jobs: [], page: 0, pages: 0, left: 0, command: COMMAND }, words),
      );
      for (const own of [{}, { locale, wantsPing: false, durationSecs: 15 }]) {
        expectMessageToFit(settingsCard({ wantsPing: true, ...own }, offer, words));
      }
    });
  });
});

it.each([
  { guildsOnly: false, userInstall: false, takesReports: true },
  { guildsOnly: false, userInstall: true, takesReports: true },
  { guildsOnly: true, userInstall: true, takesReports: true },
])('the commands fit, in all languages: %j', (where) => {
  for (const one of [offer, MOST]) {
    const declared = declare(surface, one, where);
    checkCommands(declared);
    for (const command of declared) expectToBePublished('command', command);
  }
});
