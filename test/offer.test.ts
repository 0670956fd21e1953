import { describe, expect, it } from 'vitest';
import { MODEL_IDS, MODELS } from '../src/models.ts';
import { differences, offerOf } from '../src/offer.ts';

const EVERYTHING = {
  allowedModels: MODEL_IDS,
  maxDurationSecs: 15,
  maxResolution: '1080p',
} as const;

describe('an offer', () => {
  it('has every model with its own durations, where nothing narrows it', () => {
    const offer = offerOf(EVERYTHING);
    expect(offer.models).toEqual(['seedance-2.0', 'seedance-2.0-fast', 'seedance-1.5-pro']);
    expect(offer.durationsSecs('seedance-2.0-fast')).toHaveLength(12);
    expect(offer.durationsSecs('seedance-1.5-pro')).toEqual([5, 10]);
    const { model, aspectRatio, durationSecs, resolution } = offer.defaults;
    expect(model).toBe('seedance-2.0');
    expect([durationSecs(model), aspectRatio(model), resolution(model)]).toEqual([
      5,
      '16:9',
      '720p',
    ]);
  });

  it('keeps to the longest duration that is allowed', () => {
    const offer = offerOf({ ...EVERYTHING, maxDurationSecs: 9 });
    expect(offer.durationsSecs('seedance-2.0')).toEqual([4, 5, 6, 7, 8, 9]);
    expect(offer.durationsSecs('seedance-1.5-pro')).toEqual([5]);
  });

  it('leaves out a model that makes nothing so short', () => {
    const offer = offerOf({ ...EVERYTHING, maxDurationSecs: 4 });
    expect(offer.models).toEqual(['seedance-2.0', 'seedance-2.0-fast']);
    expect(offer.defaults.durationSecs('seedance-2.0')).toBe(4);
  });

  it('is none at all where nothing is left', () => {
    const none = {
      ...EVERYTHING,
      allowedModels: ['seedance-1.5-pro'],
      maxDurationSecs: 4,
    } as const;
    expect(() => offerOf(none)).toThrow(RangeError);
  });

  it.each([
    ['480p', ['480p'], '480p'],
    ['720p', ['480p', '720p'], '720p'],
    ['1080p', ['480p', '720p', '1080p'], '720p'],
  ] as const)('with %s at the most has %j and defaults to %s', (maxResolution, all, usual) => {
    const offer = offerOf({ ...EVERYTHING, maxResolution });
    expect(offer.resolutions()).toEqual(all);
    expect(offer.defaults.resolution('seedance-2.0')).toBe(usual);
  });

  it('defaults to the first allowed model where Seedance 2.0 is not', () => {
    const offer = offerOf({ ...EVERYTHING, allowedModels: ['seedance-1.5-pro'] });
    expect(offer.defaults.model).toBe('seedance-1.5-pro');
  });
});

describe('an offer by another table than the built-in one', () => {
  const few = {
    durationsSecs: [6, 8],
    aspectRatios: ['9:16', '4:3'],
    resolutions: ['480p', '1440p'],
  };
  const table = { 'seedance-2.0-fast': few, 'seedance-1.5-pro': MODELS['seedance-1.5-pro'] };
  const offer = offerOf({ allowedModels: MODEL_IDS }, table);

  it('has its models, what each makes, and what all make together', () => {
    expect(offer.models).toEqual(['seedance-2.0-fast', 'seedance-1.5-pro']);
    expect(offer.durationsSecs('seedance-2.0-fast')).toEqual([6, 8]);
    expect(offer.durationsSecs()).toEqual([5, 6, 8, 10]);
    expect(offer.aspectRatios('seedance-2.0-fast')).toEqual(['9:16', '4:3']);
    expect(offer.aspectRatios()).toEqual(['16:9', '9:16', '1:1', '4:3']);
    expect(offer.resolutions()).toEqual(['480p', '720p', '1080p', '1440p']);
  });

  it('defaults to what there is', () => {
    const { model, aspectRatio, durationSecs, resolution } = offer.defaults;
    expect(model).toBe('seedance-2.0-fast');
    expect([durationSecs(model), aspectRatio(model), resolution(model)]).toEqual([
      6,
      '9:16',
      '480p',
    ]);
  });

  it('is narrowed by the owner all the same', () => {
    const narrow = offerOf(
      { allowedModels: MODEL_IDS, maxDurationSecs: 6, maxResolution: '720p' },
      table,
    );
    expect(narrow.durationsSecs()).toEqual([5, 6]);
    expect(narrow.resolutions('seedance-2.0-fast')).toEqual(['480p']);
    const sharp = { 'seedance-2.0': { ...few, resolutions: ['2k', '4k'] } };
    expect(() => offerOf({ allowedModels: MODEL_IDS, maxResolution: '1080p' }, sharp)).toThrow(
      RangeError,
    );
    expect(offerOf({ allowedModels: MODEL_IDS }, sharp).resolutions()).toEqual(['2k', '4k']);
  });

  it('differs from another in so many words', () => {
    const usual = offerOf({ allowedModels: MODEL_IDS });
    expect(differences(usual, usual)).toEqual([]);
    expect(differences(usual, offer)).toEqual([
      'seedance-2.0 is gone',
      'seedance-2.0-fast durationsSecs: 6 8 (was 4 5 6 7 8 9 10 11 12 13 14 15)',
      'seedance-2.0-fast aspectRatios: 9:16 4:3 (was 16:9 9:16 1:1)',
      'seedance-2.0-fast resolutions: 480p 1440p (was 480p 720p 1080p)',
    ]);
    expect(differences(offer, usual)).toContain('seedance-2.0 is back');
  });
});
