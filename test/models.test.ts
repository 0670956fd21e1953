import { describe, expect, it } from 'vitest';
import { MODEL_IDS, nearestAspectRatio, offerOf } from '../src/models.ts';

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
    expect(offer.defaults).toMatchObject({ model: 'seedance-2.0', resolution: '720p' });
    expect(offer.defaults.durationSecs('seedance-2.0')).toBe(5);
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
    expect(offer.resolutions).toEqual(all);
    expect(offer.defaults.resolution).toBe(usual);
  });

  it('defaults to the first allowed model where Seedance 2.0 is not', () => {
    const offer = offerOf({ ...EVERYTHING, allowedModels: ['seedance-1.5-pro'] });
    expect(offer.defaults.model).toBe('seedance-1.5-pro');
  });
});

it.each([
  [1920, 1080, '16:9'],
  [1080, 1920, '9:16'],
  [800, 800, '1:1'],
  [4000, 3000, '1:1'],
  [1500, 1000, '16:9'],
  [1000, 1500, '9:16'],
  [2500, 1000, '16:9'],
  [400, 1000, '9:16'],
])('a picture of %d × %d is nearest to %s', (width, height, ratio) => {
  expect(nearestAspectRatio(width, height)).toBe(ratio);
});
