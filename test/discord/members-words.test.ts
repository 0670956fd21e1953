import { describe, expect, it } from 'vitest';
import { progressCard } from '../../src/discord/card.ts';
import { endCard, finishedCard } from '../../src/discord/end-card.ts';
import { moreCard } from '../../src/discord/more-card.ts';
import { videosCard } from '../../src/discord/videos-card.ts';
import type { Job } from '../../src/jobs/job.ts';
import { Words } from '../../src/words.ts';
import { aJob, aRequest, NOON } from '../jobs/a-job.ts';
import { image, sound } from './a-reference.ts';
import { textOf } from './components.ts';

const MEMBER = '12345678901234567890';
const SOURCE = 'https://discord.com/channels/1/2/3';
const words = Words.in('en');

/** Every card that shows what a member wrote, in a prompt, a flag or the name of a file. */
function cardsOf(written: string): string[] {
  const name = `${written}.mp3`;
  const request = aRequest({
    prompt: written,
    leftOut: [`--flag ${written}`],
    references: [image(name), sound(name)],
  });
  const base = { request, memberId: MEMBER, sourceUrl: SOURCE };
  const job = aJob(base);
  const ended: Job['outcome'][] = [
    { kind: 'cancelled' },
    { kind: 'failed', why: { cause: 'reference', index: 1 } },
  ];
  const more = {
    videoUrl: undefined,
    price: undefined,
    isOwn: true,
    mayDelete: true,
    mayReport: false,
    now: NOON,
  };
  return [
    progressCard(job, 1),
    progressCard({ ...job, card: { ...job.card, shows: 'line' } }, 1),
    finishedCard(job, { kind: 'attached', fileName: 'v.mp4' }),
    finishedCard(job, { kind: 'words', url: 'https://bucket.example/v.mp4' }),
    finishedCard(job, { kind: 'elsewhere', messageUrl: SOURCE }),
    ...ended.map((outcome) => endCard(aJob({ ...base, outcome }), 7_200_000)),
    moreCard(job, words, more),
    videosCard(
      { jobs: [job, { ...job, id: '2' }], page: 0, pages: 1, left: 3, command: '' },
      words,
    ),
  ].map((card) => textOf(card));
}

/** Without what the bot itself says: whom it is for, times, its own links, and the one block of code. */
function withoutOwn(text: string): string {
  return text
    .replace(/```\n.*?\n```/gs, '')
    .replace(/<@12345678901234567890>|<t:\d+:R>/g, '')
    .replace(/\[(this message|open the video|in its own message|card)\]\(\S+\)/g, '');
}

describe('what a member writes', () => {
  it.each([
    '@everyone @here <@123> <@&123> <#123> </video:1> <t:0:R> <:boat:123>',
    '**bold** __under__ ~~gone~~ ||spoiler|| `code` ```block```',
    '# heading\n> quote\n- list\n1. list\n-# small\n[x](https://evil.example)',
    '- a list',
    '> a quote',
    '1. a list',
    '-# small',
    '# heading',
    '\\*\\*already\\* \\',
    '```',
    '```js\n```\n@everyone',
    'https://evil.example/?a=b&c=d',
    '👨‍👩‍👧‍👦 🛶 \u202Eright to left\u202C \u200B',
    'a\u0301\u0302\u0303',
  ])('pings nobody, links nowhere and formats nothing on any card: %j', (written) => {
    for (const text of cardsOf(written)) {
      expect(text.match(/```/g) ?? []).toHaveLength(text.includes('```') ? 2 : 0);
      const shown = withoutOwn(text);
      expect(shown).not.toMatch(/(?<!\\)<|(?<!\\)@|(?<!\\)\]\(|\|\||~~|__|https:\/\//);
      expect(shown).not.toMatch(/^(#|>|- |\* |\d+\. |-# small)/m);
    }
  });
});
