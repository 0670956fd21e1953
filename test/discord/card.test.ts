import { type APIContainerComponent, ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { progressCard } from '../../src/discord/card.ts';
import { altText, endCard, finishedCard, type ShownVideo } from '../../src/discord/end-card.ts';
import type { FailureCause, Job, Reference } from '../../src/jobs/job.ts';
import { aJob, aRequest, MEMBER, NOON } from '../jobs/a-job.ts';

const GREY = 0x80848e;
const BLURPLE = 0x5865f2;
const GREEN = 0x23a55a;
const AMBER = 0xf0b232;
const TWO_HOURS_MS = 7_200_000;
const at = (time: number) => `<t:${time / 1000}:R>`;

const image = (name = 'a.png'): Reference => ({
  url: `https://cdn.example/${name}?ex=1`,
  name,
  kind: 'image',
});
const clip: Reference = { url: 'https://cdn.example/c.mp4', name: 'c.mp4', kind: 'video' };
const sound = (name = 'song.mp3'): Reference => ({
  url: 'https://cdn.example/s.mp3',
  name,
  kind: 'audio',
});

/** Every object of a card, at any depth, that is a component. */
function parts(card: object): Record<string, unknown>[] {
  const nested = Object.values(card).flatMap((value) => {
    const inner = Array.isArray(value) ? value : [value];
    return inner.flatMap((one) => (typeof one === 'object' && one !== null ? parts(one) : []));
  });
  return 'type' in card ? [{ ...card }, ...nested] : nested;
}

function words(card: APIContainerComponent): string {
  return parts(card)
    .flatMap(({ type, content }) => (type === ComponentType.TextDisplay ? [content] : []))
    .join('\n');
}

function pictures(card: APIContainerComponent) {
  return card.components.flatMap((part) =>
    part.type === ComponentType.MediaGallery ? part.items : [],
  );
}

function buttons(card: APIContainerComponent): unknown[] {
  return parts(card).flatMap((part) =>
    part.type === ComponentType.Button ? [[part.label, part.custom_id]] : [],
  );
}

function inLine(changes: Partial<Job> = {}): Job {
  const job = aJob(changes);
  return { ...job, card: { ...job.card, shows: 'line' } };
}

describe('the card of a job in line', () => {
  it('is grey and says what was asked for, when, and by whom', () => {
    const card = progressCard(inLine(), 2);
    expect(card.accent_color).toBe(GREY);
    expect(words(card)).toBe(
      [
        '**In line** · 2 ahead when you asked',
        'A paper boat',
        '-# Words only',
        `-# For <@${MEMBER}> · 5 s · 16:9 · 720p · Seedance 2.0`,
        `-# Asked ${at(NOON)}`,
      ].join('\n'),
    );
    expect(buttons(card)).toEqual([['Cancel', 'cancel:1']]);
  });

  it.each([
    [undefined, {}, '**In line**'],
    [0, {}, '**In line** · next'],
    [1, {}, '**In line** · 1 ahead when you asked'],
    [1, { heldBackSince: NOON }, '**In line** · waiting for Seedance'],
  ])('with %s ahead, %j, is headed %s', (ahead, changes, title) => {
    expect(words(progressCard(inLine(changes), ahead)).split('\n')[0]).toBe(title);
  });
});

describe('the card of a job that renders', () => {
  it('is blurple and says since when', () => {
    const card = progressCard(aJob({ submittedAt: NOON + 60_000 }));
    expect(card.accent_color).toBe(BLURPLE);
    expect(words(card).split('\n')).toEqual([
      '**Making your video**',
      'A paper boat',
      '-# Words only',
      `-# For <@${MEMBER}> · 5 s · 16:9 · 720p · Seedance 2.0`,
      `-# Started ${at(NOON + 60_000)}`,
    ]);
    expect(buttons(card)).toEqual([['Cancel', 'cancel:1']]);
  });

  it.each([
    [[], '-# Words only'],
    [[image()], '-# Starting from image 1'],
    [[image('a.png'), image('b.png')], '-# From image 1 to image 2'],
    [[clip], '-# Using 1 reference'],
    [[image(), image(), image()], '-# Using 3 references'],
    [[image(), sound('my_song.mp3')], '-# Using 2 references · ♪ my\\_song.mp3'],
  ])('says how its references are used (%#)', (references, line) => {
    const card = progressCard(aJob({ request: aRequest({ references }) }));
    expect(words(card).split('\n')).toContain(line);
  });

  it('shows pictures and clips in one gallery, each with its number, and names sounds', () => {
    const references = [image('a.png'), sound(), clip];
    const card = progressCard(aJob({ request: aRequest({ references }) }));
    expect(pictures(card)).toEqual([
      { media: { url: 'https://cdn.example/a.png?ex=1' }, description: 'Reference 1' },
      { media: { url: 'https://cdn.example/c.mp4' }, description: 'Reference 3' },
    ]);
  });

  it('says which flags were taken out', () => {
    const request = aRequest({ leftOut: ['--dur 15', '--rs 1080p'] });
    expect(words(progressCard(aJob({ request })))).toContain(
      '-# Left out of the prompt: --dur 15 --rs 1080p',
    );
  });

  it('has no button and says why, once Seedance can no longer stop it', () => {
    const card = progressCard(aJob({ cancelRefused: true }));
    expect(buttons(card)).toEqual([]);
    expect(words(card)).toContain('-# Seedance can no longer stop this one: the video will come.');
  });
});

describe('the card of a finished video', () => {
  const done = aJob({
    submittedAt: NOON,
    endedAt: NOON + 240_000,
    task: { requestId: 'r', acceptedAt: NOON, creditsCharged: 40 },
  });

  it('is green, plays the video and says that it is AI’s', () => {
    const card = finishedCard(done, { kind: 'attached', fileName: 'v.mp4' });
    expect(card.accent_color).toBe(GREEN);
    expect(card.components[0]?.type).toBe(ComponentType.MediaGallery);
    expect(pictures(card)).toEqual([
      { media: { url: 'attachment://v.mp4' }, description: 'AI video: A paper boat' },
    ]);
    expect(words(card).split('\n')).toEqual([
      '**A paper boat**',
      `-# For <@${MEMBER}> · 5 s · 16:9 · 720p · Seedance 2.0`,
      '-# AI-generated · took 4 min · 40 credits',
    ]);
    expect(buttons(card)).toEqual([]);
  });

  it('says nothing of credits where the service told nothing', () => {
    const card = finishedCard(
      { ...done, task: { requestId: 'r', acceptedAt: NOON } },
      { kind: 'attached', fileName: 'v.mp4' },
    );
    expect(words(card)).toContain('-# AI-generated · took 4 min');
    expect(words(card)).not.toContain('credit');
  });

  it('plays one that is too big from its link, and says that the link won’t last', () => {
    const url = 'https://bucket.example/v.mp4?sig=1';
    const card = finishedCard(done, { kind: 'link', url, isTooBig: true });
    expect(pictures(card)[0]?.media.url).toBe(url);
    expect(words(card)).toContain('Too big to attach here. Save it soon; the link won’t last.');
  });

  it('does not call one too big that only could not be fetched', () => {
    const url = 'https://bucket.example/v.mp4';
    const card = finishedCard(done, { kind: 'link', url, isTooBig: false });
    expect(words(card)).not.toContain('Too big');
    expect(words(card)).toContain('Save it soon; the link won’t last.');
  });

  it('names where one is that Discord won’t show', () => {
    const card = finishedCard(done, { kind: 'words', url: 'https://bucket.example/v.mp4' });
    expect(pictures(card)).toEqual([]);
    expect(words(card)).toContain('https://bucket.example/v.mp4');
  });

  it('links to one that went into a message of its own', () => {
    const messageUrl = 'https://discord.com/channels/1/2/3';
    const card = finishedCard(done, { kind: 'elsewhere', messageUrl });
    expect(pictures(card)).toEqual([]);
    expect(words(card)).toContain(`(${messageUrl})`);
  });
});

describe('the card of a job that ended without a video', () => {
  const failed = (why: FailureCause, references: Reference[] = []) =>
    aJob({ outcome: { kind: 'failed', why }, request: aRequest({ references }) });

  it.each([
    [
      { cause: 'reference', index: 2 },
      '**Reference 2 was refused**',
      'Photos of real people are a common reason. Try another picture.',
    ],
    [
      { cause: 'reference' },
      '**A reference was refused**',
      'Photos of real people are a common reason. Try another picture.',
    ],
    [{ cause: 'prompt' }, '**The prompt was refused**', 'Try describing it another way.'],
    [{ cause: 'account' }, '**The bot can’t make videos right now**', 'Its owner has been told.'],
    [{ cause: 'service' }, '**Seedance isn’t answering**', 'Nothing is wrong with your prompt.'],
    [{ cause: 'too-long' }, '**This took too long**', 'We stopped waiting after 2 hours.'],
    [
      { cause: 'budget', opensAt: NOON },
      '**Today’s videos are used up**',
      `Nothing was submitted. New ones can be made ${at(NOON)}.`,
    ],
  ] as [FailureCause, string, string][])(
    'because of %j is amber and says so',
    (why, title, what) => {
      const card = endCard(failed(why, [image('a.png'), image('b.png')]), TWO_HOURS_MS);
      expect(card.accent_color).toBe(AMBER);
      expect(words(card).split('\n')).toEqual([
        title,
        what,
        'A paper boat',
        `-# For <@${MEMBER}> · 5 s · 16:9 · 720p · Seedance 2.0`,
      ]);
      expect(buttons(card)).toEqual([]);
    },
  );

  it('shows the reference that was refused, by its own number', () => {
    const why = { cause: 'reference', index: 2 } as const;
    const card = endCard(failed(why, [image('a.png'), image('b.png')]), TWO_HOURS_MS);
    expect(pictures(card)).toEqual([
      { media: { url: 'https://cdn.example/b.png?ex=1' }, description: 'Reference 2' },
    ]);
  });

  it.each([0, 6, 99])('shows none where reference %d is none of them', (index) => {
    const card = endCard(failed({ cause: 'reference', index }, [image()]), TWO_HOURS_MS);
    expect(pictures(card)).toEqual([]);
  });

  it('is grey when it was cancelled', () => {
    const card = endCard(aJob({ outcome: { kind: 'cancelled' } }), TWO_HOURS_MS);
    expect(card.accent_color).toBe(GREY);
    expect(words(card).split('\n')[0]).toBe('**Cancelled**');
  });

  it('says that an answer was lost, and that trying again may charge twice', () => {
    const card = endCard(aJob({ outcome: { kind: 'unconfirmed' } }), TWO_HOURS_MS);
    expect(card.accent_color).toBe(AMBER);
    expect(words(card).split('\n').slice(0, 2)).toEqual([
      '**We lost the answer**',
      'Your video may have been started and charged, but we can’t find it. Trying again may charge twice.',
    ]);
  });
});

describe('whatever a member writes', () => {
  const FAMILY = '👨‍👩‍👧‍👦';
  const nasty = [
    '@everyone @here <@123> <@&123> <#123> </video:1> <t:0:R> <:boat:123>',
    '**bold** __under__ ~~gone~~ ||spoiler|| `code` ```block```',
    '# heading\n> quote\n- list\n1. list\n-# small\n[x](https://evil.example)',
    '\\*\\*already\\* \\',
    'https://evil.example/?a=b&c=d',
    `${FAMILY} ${'🛶'} \u202Eright to left\u202C \u200B`,
    'a\u0301\u0302\u0303',
    '\ud800 half of one',
  ];
  const lengths = [1, 2000, 20_000];
  const prompts = [...nasty, '*', '\\', '`', '@', '🛶', FAMILY, 'e\u0301\u0302'].flatMap((piece) =>
    lengths.map((length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)),
  );

  function cardsOf(prompt: string): APIContainerComponent[] {
    const name = `${prompt.slice(0, 2000)}.mp3`;
    const request = aRequest({
      prompt,
      leftOut: Array.from({ length: 100 }, (_, index) => `--flag${index} ${prompt.slice(0, 40)}`),
      references: [image(name), sound(name), sound(name), sound(name), sound(name)],
      durationSecs: 15,
      model: 'seedance-2.0-fast',
    });
    const base = { request, memberId: '12345678901234567890', cancelRefused: true };
    const jobs = [aJob({ ...base, cancelRefused: false }), aJob(base), inLine(base)];
    const url = `https://bucket.example/${'x'.repeat(1500)}.mp4`;
    const videos: ShownVideo[] = [
      { kind: 'attached', fileName: 'v.mp4' },
      { kind: 'link', url, isTooBig: true },
      { kind: 'words', url },
      { kind: 'elsewhere', messageUrl: 'https://discord.com/channels/1/2/3' },
    ];
    const outcomes: Job['outcome'][] = [
      { kind: 'cancelled' },
      { kind: 'unconfirmed' },
      { kind: 'failed', why: { cause: 'reference', index: 1 } },
      { kind: 'failed', why: { cause: 'other' } },
    ];
    return [
      ...jobs.map((job) => progressCard(job, 1234)),
      ...videos.map((video) => finishedCard(aJob(base), video)),
      ...outcomes.map((outcome) => endCard(aJob({ ...base, outcome }), TWO_HOURS_MS)),
    ];
  }

  it('fits in a message', () => {
    for (const card of prompts.flatMap(cardsOf)) {
      const all = parts(card);
      expect(all.filter(({ type }) => typeof type === 'number').length).toBeLessThanOrEqual(40);
      expect(words(card).length).toBeLessThanOrEqual(4000);
      for (const { type, content } of all) {
        if (type === ComponentType.TextDisplay) expect(content).toMatch(/\S/);
      }
      for (const { description } of pictures(card)) {
        expect(description?.length).toBeLessThanOrEqual(1024);
      }
    }
  });

  it('pings nobody, links nowhere and formats nothing', () => {
    for (const prompt of nasty) {
      for (const card of cardsOf(prompt)) {
        const shown = words(card)
          .replace(/<@12345678901234567890>|<t:\d+:R>/g, '')
          .replace(/\[(open the video|in its own message)\]\(\S+\)/g, '');
        expect(shown).not.toMatch(/(?<!\\)<|(?<!\\)@|(?<!\\)\]\(|```|\|\||~~|__/);
        expect(shown).not.toMatch(/^(#|>|- |\* )/m);
      }
    }
  });

  it.each(['e\u0301\u0302', 'xx\u0301', '🛶', FAMILY, 'x'])(
    'fits in the description of a video: %s, many times',
    (piece) => {
      const description = altText(aJob({ request: aRequest({ prompt: piece.repeat(1000) }) }));
      expect(description.startsWith('AI video: ')).toBe(true);
      expect(description.length).toBeLessThanOrEqual(1024);
    },
  );
});
