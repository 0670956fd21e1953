import { describe, expect, it } from 'vitest';
import { checkVideo, type GivenFile, type GivenVideo } from '../../src/discord/video-request.ts';
import { UserError } from '../../src/errors.ts';
import { MODEL_IDS, offerOf } from '../../src/models.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

function offerUpTo(
  maxDurationSecs = 15,
  allowedModels: readonly (typeof MODEL_IDS)[number][] = MODEL_IDS,
) {
  const offer = offerOf({ allowedModels, maxDurationSecs, maxResolution: '720p' });
  if (!offer) throw new Error('nothing offered');
  return offer;
}
const OFFER = offerUpTo();

function given(changes: Partial<GivenVideo> = {}): GivenVideo {
  return {
    prompt: 'A paper boat',
    files: [],
    model: undefined,
    durationSecs: undefined,
    aspectRatio: undefined,
    resolution: undefined,
    ...changes,
  };
}

function expiring(secondsFromNow: number): string {
  return Math.floor(NOW / 1000 + secondsFromNow).toString(16);
}

function picture(changes: Partial<GivenFile> = {}): GivenFile {
  const name = changes.name ?? 'boat.png';
  return {
    option: 'reference1',
    name,
    url: `https://cdn.discordapp.com/ephemeral-attachments/1/2/${name}?ex=${expiring(3600)}&is=1&hm=2`,
    contentType: 'image/png',
    sizeBytes: 1000,
    width: 1024,
    height: 576,
    ...changes,
  };
}

function sound(option = 'reference1'): GivenFile {
  return picture({
    option,
    name: 'song.mp3',
    contentType: 'audio/mpeg',
    width: null,
    height: null,
  });
}

function refusal(changes: Partial<GivenVideo>, offer = OFFER): string {
  try {
    checkVideo(given(changes), offer, NOW);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'not refused';
}

describe('what was left out is filled in', () => {
  it('with the defaults', () => {
    expect(checkVideo(given(), OFFER, NOW)).toEqual({
      prompt: 'A paper boat',
      leftOut: [],
      references: [],
      model: 'seedance-2.0',
      durationSecs: 5,
      aspectRatio: '16:9',
      resolution: '720p',
    });
  });

  it.each([
    [[picture({ width: 576, height: 1024 })], '9:16'],
    [[picture({ width: 800, height: 700 })], '1:1'],
    [[picture({ width: null, height: null })], '16:9'],
    [[sound(), picture({ option: 'reference2', width: 576, height: 1024 })], '9:16'],
    [[picture({ width: 800, height: 800 }), picture({ width: 576, height: 1024 })], '1:1'],
  ])('with the ratio nearest to the first picture’s own (%#)', (files, ratio) => {
    expect(checkVideo(given({ files }), OFFER, NOW).aspectRatio).toBe(ratio);
  });

  it('but a ratio that was chosen stays', () => {
    const files = [picture({ width: 576, height: 1024 })];
    expect(checkVideo(given({ files, aspectRatio: '1:1' }), OFFER, NOW).aspectRatio).toBe('1:1');
  });
});

it('flags are taken out and remembered', () => {
  const request = checkVideo(given({ prompt: 'A boat --dur 15' }), OFFER, NOW);
  expect(request).toMatchObject({ prompt: 'A boat', leftOut: ['--dur 15'], durationSecs: 5 });
});

it('five references of every kind are taken in their order, with their addresses whole', () => {
  const files = [
    sound('reference1'),
    picture({ option: 'reference2' }),
    picture({ option: 'reference3', name: 'a.MP4', contentType: 'video/mp4', width: 1, height: 1 }),
    picture({ option: 'reference4', name: 'b.webp', contentType: null }),
    picture({ option: 'reference5', name: 'c.wav', contentType: 'audio/wav' }),
  ];
  const { references } = checkVideo(given({ files }), OFFER, NOW);
  expect(references).toEqual(
    files.map(({ url, name }, index) => ({
      url,
      name,
      kind: ['audio', 'image', 'video', 'image', 'audio'][index],
    })),
  );
});

describe('the prompt is refused', () => {
  it.each(['', '   ', '\n', '--dur 15', '--dur=15 --rs 480p'])(
    'if nothing is left of %j',
    (prompt) => {
      expect(refusal({ prompt })).toBe(
        '`prompt` is empty. Describe what should happen in the video.',
      );
    },
  );

  it('if it is too long', () => {
    expect(refusal({ prompt: 'x'.repeat(2001) })).toBe(
      '`prompt` has 2001 characters. It can have 2000 at the most.',
    );
    expect(refusal({ prompt: '🛶'.repeat(2000) })).toBe('not refused');
  });
});

describe('settings are refused', () => {
  it.each([
    [
      { model: 'sora' },
      '`model`: that one isn’t offered here. Choose Seedance 2.0, Seedance 2.0 Fast, or Seedance 1.5 Pro.',
    ],
    [{ durationSecs: 3 }, '`duration`: Seedance 2.0 makes 4 to 15 seconds, in whole seconds.'],
    [{ durationSecs: 16 }, '`duration`: Seedance 2.0 makes 4 to 15 seconds, in whole seconds.'],
    [{ durationSecs: 4.5 }, '`duration`: Seedance 2.0 makes 4 to 15 seconds, in whole seconds.'],
    [
      { durationSecs: Number.NaN },
      '`duration`: Seedance 2.0 makes 4 to 15 seconds, in whole seconds.',
    ],
    [
      { model: 'seedance-1.5-pro', durationSecs: 6 },
      '`duration`: Seedance 1.5 Pro makes 5 or 10 seconds.',
    ],
    [{ aspectRatio: '4:3' }, '`aspect_ratio`: choose 16:9, 9:16, or 1:1.'],
    [{ resolution: '4k' }, '`resolution`: choose 480p or 720p.'],
    [{ resolution: '1080p' }, '`resolution`: choose 480p or 720p.'],
  ])('%j', (changes, words) => {
    expect(refusal(changes)).toBe(words);
  });

  it('where the owner narrowed them', () => {
    expect(refusal({ model: 'seedance-1.5-pro' }, offerUpTo(15, ['seedance-2.0']))).toBe(
      '`model`: that one isn’t offered here. Choose Seedance 2.0.',
    );
    expect(refusal({ durationSecs: 5 }, offerUpTo(4))).toBe(
      '`duration`: Seedance 2.0 makes 4 seconds.',
    );
    expect(refusal({ durationSecs: 9 }, offerUpTo(6))).toBe(
      '`duration`: Seedance 2.0 makes 4 to 6 seconds, in whole seconds.',
    );
  });
});

const KINDS =
  'this kind of file can’t be used. Pictures may be jpg, jpeg, png, webp, gif, bmp; clips mp4, mov, m4v; sounds mp3, wav.';

describe('a file is refused', () => {
  it.each([
    ['of another ending', { name: 'a.pdf', contentType: 'application/pdf' }, KINDS],
    ['whose content type does not fit', { name: 'a.png', contentType: 'video/mp4' }, KINDS],
    ['without an ending', { name: 'png', contentType: 'image/png' }, KINDS],
    ['whose address ends otherwise', { name: 'a.png', url: 'https://cdn.example/a.bin' }, KINDS],
    [
      'whose address is of another kind',
      { name: 'a.png', url: 'https://cdn.example/a.mp4' },
      KINDS,
    ],
    ['whose address is none', { name: 'a.png', url: 'a.png' }, KINDS],
    [
      'that is not at https',
      { name: 'a.png', url: 'http://cdn.example/a.png' },
      'its address can’t be used. Attach the file again.',
    ],
    [
      'that has expired',
      { name: 'a.png', url: `https://c.example/a.png?ex=${expiring(-1)}` },
      'this file has expired. Attach it again.',
    ],
    [
      'that expires now',
      { name: 'a.png', url: `https://c.example/a.png?ex=${expiring(0)}` },
      'this file has expired. Attach it again.',
    ],
    [
      'whose expiry can’t be read',
      { name: 'a.png', url: 'https://c.example/a.png?ex=zz' },
      'this file has expired. Attach it again.',
    ],
    [
      'whose expiry is blank',
      { name: 'a.png', url: 'https://c.example/a.png?ex=' },
      'this file has expired. Attach it again.',
    ],
    [
      'of 30 MB',
      { name: 'a.png', sizeBytes: 30_000_000 },
      'this picture is too large. It must be under 30 MB.',
    ],
    [
      'too narrow',
      { name: 'a.png', width: 299, height: 400 },
      'this picture is 299 × 400 pixels. Each side must have 300 to 6000.',
    ],
    [
      'too low',
      { name: 'a.png', width: 400, height: 299 },
      'this picture is 400 × 299 pixels. Each side must have 300 to 6000.',
    ],
    [
      'too large in pixels',
      { name: 'a.png', width: 6001, height: 6000 },
      'this picture is 6001 × 6000 pixels. Each side must have 300 to 6000.',
    ],
    [
      'too wide',
      { name: 'a.png', width: 1001, height: 400 },
      'this picture is too wide: 1001 × 400 pixels. Crop it so that no side is more than two and a half times the other.',
    ],
    [
      'too tall',
      { name: 'a.png', width: 400, height: 1001 },
      'this picture is too tall: 400 × 1001 pixels. Crop it so that no side is more than two and a half times the other.',
    ],
  ])('%s', (_what, changes, words) => {
    const file = picture({ option: 'reference3', ...changes });
    const name = changes.name ?? '';
    expect(refusal({ files: [picture(), file] })).toBe(`\`reference3\` (${name}): ${words}`);
  });

  it('by a name that pings nobody and fits in a message', () => {
    const name = `<@1>**${'x'.repeat(5000)}.exe`;
    const words = refusal({ files: [picture({ name })] });
    expect(words).toMatch(/^`reference1` \(\\<\\@1\\>\\\*\\\*x+…\): /);
    expect(words.length).toBeLessThan(400);
  });

  it.each([
    [{ url: 'https://cdn.example/boat.png' }],
    [{ sizeBytes: 29_999_999 }],
    [{ width: 300, height: 300 }],
    [{ width: 6000, height: 6000 }],
    [{ width: 300, height: 750 }],
    [{ width: 750, height: 300 }],
    [{ width: 6000, height: 2400 }],
    [{ width: null, height: 1 }],
  ])('not at the bounds themselves, nor where Discord says nothing: %j', (changes) => {
    expect(refusal({ files: [picture(changes)] })).toBe('not refused');
  });

  it('not for its sides if it is a clip', () => {
    const clip = picture({
      name: 'a.mov',
      contentType: 'video/quicktime',
      width: 100,
      height: 9000,
    });
    expect(refusal({ files: [{ ...clip, sizeBytes: 90_000_000 }] })).toBe('not refused');
  });
});

it.each([[[sound('reference2')]], [[sound('reference2'), sound('reference4')]]])(
  'sounds alone are refused (%#)',
  (files) => {
    expect(refusal({ files })).toBe(
      '`reference2`: a sound can’t be the only reference. Add a picture or a clip to it.',
    );
  },
);
