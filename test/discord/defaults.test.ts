import { describe, expect, it } from 'vitest';
import { defaultsFor } from '../../src/discord/defaults.ts';
import { MODEL_IDS, offerOf } from '../../src/models.ts';

const EVERYTHING = {
  allowedModels: MODEL_IDS,
  maxDurationSecs: 15,
  maxResolution: '1080p',
} as const;
const offer = offerOf(EVERYTHING);

describe('what is filled in for a member', () => {
  it('who has set nothing is what the bot has', () => {
    const defaults = defaultsFor(offer, { wantsPing: true });
    expect(defaults).toMatchObject({
      model: 'seedance-2.0',
      aspectRatio: '16:9',
      resolution: '720p',
    });
    expect(MODEL_IDS.map((id) => defaults.durationSecs(id))).toEqual([5, 5, 5]);
  });

  it('who has set everything is that', () => {
    const defaults = defaultsFor(offer, {
      model: 'seedance-2.0-fast',
      durationSecs: 10,
      aspectRatio: '1:1',
      resolution: '1080p',
      wantsPing: true,
    });
    expect(defaults).toMatchObject({
      model: 'seedance-2.0-fast',
      aspectRatio: '1:1',
      resolution: '1080p',
    });
    expect(MODEL_IDS.map((id) => defaults.durationSecs(id))).toEqual([10, 10, 10]);
  });

  it('is a length that the model makes, whatever was set', () => {
    const { durationSecs } = defaultsFor(offer, { durationSecs: 7, wantsPing: true });
    expect(MODEL_IDS.map(durationSecs)).toEqual([7, 7, 5]);
  });

  it('is what is still on offer', () => {
    const narrow = offerOf({
      allowedModels: ['seedance-2.0-fast'],
      maxDurationSecs: 4,
      maxResolution: '480p',
    });
    const defaults = defaultsFor(narrow, {
      model: 'seedance-1.5-pro',
      durationSecs: 10,
      aspectRatio: '9:16',
      resolution: '1080p',
      wantsPing: true,
    });
    expect(defaults).toMatchObject({
      model: 'seedance-2.0-fast',
      aspectRatio: '9:16',
      resolution: '480p',
    });
    expect(defaults.durationSecs('seedance-2.0-fast')).toBe(4);
  });
});
