import { describe, expect, it } from 'vitest';
import { LengthRefused } from '../../src/discord/video-request.ts';
import { LOCALES } from '../../src/locale.ts';
import type { GivenVideo } from '../../src/members/form-drafts.ts';
import { MODEL_IDS, MODELS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';
import { Words } from '../../src/words.ts';
import {
  check,
  errorOf,
  expiring,
  OFFER,
  offerUpTo,
  picture,
  refusal,
  sound,
} from './a-given-video.ts';

describe('what was left out is filled in', () => {
  it('with the defaults', () => {
    expect(check()).toEqual({
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
    [[sound(), picture({ width: 576, height: 1024 })], '9:16'],
    [[picture({ width: 800, height: 800 }), picture({ width: 576, height: 1024 })], '1:1'],
  ])('with the ratio nearest to the first picture’s own (%#)', (files, ratio) => {
    expect(check({ files }).aspectRatio).toBe(ratio);
  });

  it('with what the member has set, as far as it is offered', () => {
    const own = {
      model: 'seedance-1.5-pro',
      durationSecs: 10,
      aspectRatio: '9:16',
      resolution: '480p',
    } as const;
    expect(check({}, OFFER, own)).toMatchObject(own);
    expect(check({ model: 'seedance-2.0' }, OFFER, own)).toMatchObject({ durationSecs: 10 });
    const files = [picture({ width: 800, height: 800 })];
    expect(check({ files }, OFFER, own)).toMatchObject({ aspectRatio: '1:1' });
    expect(check({}, offerUpTo(6, ['seedance-2.0']), own)).toMatchObject({
      model: 'seedance-2.0',
      durationSecs: 5,
    });
    expect(check({}, OFFER, { resolution: '1080p' }).resolution).toBe('720p');
  });

  it('but a ratio that was chosen stays', () => {
    const files = [picture({ width: 576, height: 1024 })];
    expect(check({ files, aspectRatio: '1:1' }).aspectRatio).toBe('1:1');
  });
});

it('flags are taken out and remembered', () => {
  const request = check({ prompt: 'A boat --dur 15' });
  expect(request).toMatchObject({ prompt: 'A boat', leftOut: ['--dur 15'], durationSecs: 5 });
});

it('five references of every kind are taken in their order, with their addresses whole', () => {
  const files = [
    sound(),
    picture(),
    picture({ name: 'a.MP4', contentType: 'video/mp4', width: 1, height: 1 }),
    picture({ name: 'b.webp', contentType: null }),
    picture({ name: 'c.wav', contentType: 'audio/wav' }),
  ];
  const { references } = check({ files });
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
        'The prompt is empty. Describe what should happen in the video.',
      );
    },
  );

  it('if it is too long', () => {
    expect(refusal({ prompt: 'x'.repeat(2001) })).toBe(
      'The prompt has 2,001 characters. It can have 2,000 at the most.',
    );
    expect(refusal({ prompt: '🛶'.repeat(2000) })).toBe('not refused');
  });
});

describe('settings are refused', () => {
  it.each([
    [
      { model: 'sora' },
      'That model isn’t offered here. Choose Seedance 2.0, Seedance 2.0 Fast, or Seedance 1.5 Pro.',
    ],
    [{ durationSecs: 3 }, 'Seedance 2.0 makes 4 to 15 seconds, in whole seconds.'],
    [{ durationSecs: 16 }, 'Seedance 2.0 makes 4 to 15 seconds, in whole seconds.'],
    [{ durationSecs: 4.5 }, 'Seedance 2.0 makes 4 to 15 seconds, in whole seconds.'],
    [{ durationSecs: Number.NaN }, 'Seedance 2.0 makes 4 to 15 seconds, in whole seconds.'],
    [{ model: 'seedance-1.5-pro', durationSecs: 6 }, 'Seedance 1.5 Pro makes 5 or 10 seconds.'],
    [{ aspectRatio: '4:3' }, 'That shape isn’t offered. Choose 16:9, 9:16, or 1:1.'],
    [{ resolution: '4k' }, 'That resolution isn’t offered here. Choose 480p or 720p.'],
    [{ resolution: '1080p' }, 'That resolution isn’t offered here. Choose 480p or 720p.'],
  ])('%j', (changes, words) => {
    expect(refusal(changes)).toBe(words);
  });

  it('where the owner narrowed them', () => {
    expect(refusal({ model: 'seedance-1.5-pro' }, offerUpTo(15, ['seedance-2.0']))).toBe(
      'That model isn’t offered here. Choose Seedance 2.0.',
    );
    expect(refusal({ durationSecs: 5 }, offerUpTo(4))).toBe('Seedance 2.0 makes 4 seconds.');
    expect(refusal({ durationSecs: 9 }, offerUpTo(6))).toBe(
      'Seedance 2.0 makes 4 to 6 seconds, in whole seconds.',
    );
  });
});

describe('what one model does not make and another does', () => {
  const fast = {
    durationsSecs: [5, 7, 9, 11],
    aspectRatios: ['16:9', '4:3'],
    resolutions: ['480p'],
  };
  const offer = offerOf({ allowedModels: MODEL_IDS }, { ...MODELS, 'seedance-2.0-fast': fast });
  const model = 'seedance-2.0-fast';

  it.each([
    [
      { model, aspectRatio: '1:1' },
      'Seedance 2.0 Fast doesn’t make that shape. Choose 16:9 or 4:3, or another model.',
    ],
    [
      { model, resolution: '1080p' },
      'Seedance 2.0 Fast doesn’t make that resolution. Choose 480p, or another model.',
    ],
    [{ model, resolution: '8k' }, 'That resolution isn’t offered here. Choose 480p.'],
    [{ model, durationSecs: 8 }, 'Seedance 2.0 Fast makes 5, 7, 9, or 11 seconds.'],
    [
      { aspectRatio: '4:3' },
      'Seedance 2.0 doesn’t make that shape. Choose 16:9, 9:16, or 1:1, or another model.',
    ],
  ])('%j', (changes, words) => {
    expect(refusal(changes, offer)).toBe(words);
  });

  it('is refused with the two lengths nearest to it', () => {
    expect(errorOf({ model, durationSecs: 8 }, offer)).toMatchObject({ nearestSecs: [7, 9] });
    expect(errorOf({ model, durationSecs: 60 }, offer)).toMatchObject({ nearestSecs: [9, 11] });
  });

  it('is not filled in', () => {
    expect(check({ model, files: [picture({ width: 576, height: 1024 })] }, offer)).toMatchObject({
      aspectRatio: '4:3',
      resolution: '480p',
    });
    expect(check({ model, aspectRatio: '4:3' }, offer).aspectRatio).toBe('4:3');
  });

  it.each(LOCALES)('is said in %s', (locale) => {
    for (const changes of [{ aspectRatio: '1:1' }, { resolution: '1080p' }]) {
      const said = errorOf({ model, ...changes }, offer)?.say(Words.in(locale));
      expect(said).toContain('Seedance 2.0 Fast');
      expect(said).not.toMatch(/\{\{|\}\}|undefined|refusal\./);
    }
  });
});

describe('a length that the model does not make comes with those nearest to it', () => {
  it.each([
    [{ durationSecs: 3 }, [4]],
    [{ durationSecs: 99 }, [15]],
    [{ durationSecs: 4.6 }, [5]],
    [{ durationSecs: -1e9 }, [4]],
    [{ model: 'seedance-1.5-pro', durationSecs: 6 }, [5, 10]],
    [{ model: 'seedance-1.5-pro', durationSecs: 15 }, [5, 10]],
  ])('%j → %j', (changes, nearestSecs) => {
    expect(errorOf(changes)).toMatchObject({ name: 'LengthRefused', nearestSecs });
  });

  it('and with those alone that are offered', () => {
    expect(errorOf({ durationSecs: 9 }, offerUpTo(6))).toMatchObject({ nearestSecs: [6] });
    const pro = { model: 'seedance-1.5-pro', durationSecs: 10 };
    expect(errorOf(pro, offerUpTo(9))).toMatchObject({ nearestSecs: [5] });
  });

  it('each of which it does make', () => {
    for (const model of MODEL_IDS) {
      for (let durationSecs = -1; durationSecs <= 20; durationSecs += 0.5) {
        const error = errorOf({ model, durationSecs });
        if (!error) continue;
        if (!(error instanceof LengthRefused)) throw error;
        for (const nearest of error.nearestSecs) {
          expect(refusal({ model, durationSecs: nearest })).toBe('not refused');
        }
      }
    }
  });
});

it('more files than five are refused', () => {
  const files = Array.from({ length: 6 }, () => picture());
  expect(refusal({ files })).toBe('There can be 5 references at the most.');
  expect(refusal({ files: files.slice(1) })).toBe('not refused');
});

describe.each(LOCALES)('in %s, a refusal', (locale) => {
  it.each<Partial<GivenVideo>>([
    { prompt: '' },
    { prompt: 'x'.repeat(2001) },
    { model: 'sora' },
    { durationSecs: 3 },
    { model: 'seedance-1.5-pro', durationSecs: 3 },
    { aspectRatio: '4:3' },
    { resolution: '4k' },
    { files: [sound()] },
    { files: Array.from({ length: 6 }, () => picture()) },
    { files: [picture({ name: 'a.pdf' })] },
    { files: [picture({ url: 'http://cdn.example/a.png' })] },
    { files: [picture({ url: `https://c.example/a.png?ex=${expiring(-1)}` })] },
    { files: [picture({ sizeBytes: 30_000_000 })] },
    { files: [picture({ width: 299 })] },
    { files: [picture({ width: 1001, height: 400 })] },
    { files: [picture({ width: 400, height: 1001 })] },
  ])('says what is wrong, with everything filled in (%#)', (changes) => {
    const said = errorOf(changes)?.say(Words.in(locale));
    expect(said).toMatch(/\S/);
    expect(said).not.toMatch(/\{\{|\}\}|undefined|refusal\./);
  });
});

it.each([[[sound()]], [[sound(), sound()]]])('sounds alone are refused (%#)', (files) => {
  expect(refusal({ files })).toBe(
    'A sound can’t be the only reference. Add a picture or a clip to it.',
  );
});
