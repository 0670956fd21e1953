import { describe, expect, it } from 'vitest';
import { type Defaults, defaultsFor } from '../../src/discord/defaults.ts';
import { MODEL_IDS, MODELS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';

const EVERYTHING = {
  allowedModels: MODEL_IDS,
  maxDurationSecs: 15,
  maxResolution: '1080p',
} as const;
const offer = offerOf(EVERYTHING);

function shown({ model, aspectRatio, resolution }: Defaults): string[] {
  return [model, aspectRatio(model), resolution(model)];
}

describe('what is filled in for a member', () => {
  it('who has set nothing is what the bot has', () => {
    const defaults = defaultsFor(offer, { wantsPing: true });
    expect(shown(defaults)).toEqual(['seedance-2.0', '16:9', '720p']);
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
    expect(shown(defaults)).toEqual(['seedance-2.0-fast', '1:1', '1080p']);
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
    expect(shown(defaults)).toEqual(['seedance-2.0-fast', '9:16', '480p']);
    expect(defaults.durationSecs('seedance-2.0-fast')).toBe(4);
  });

  it('is a shape and a resolution that the model makes, whatever was set', () => {
    const fast = { durationsSecs: [5], aspectRatios: ['16:9'], resolutions: ['480p', '720p'] };
    const table = { ...MODELS, 'seedance-2.0-fast': fast };
    const { aspectRatio, resolution } = defaultsFor(offerOf(EVERYTHING, table), {
      aspectRatio: '1:1',
      resolution: '1080p',
      wantsPing: true,
    });
    expect(MODEL_IDS.map(aspectRatio)).toEqual(['1:1', '16:9', '1:1']);
    expect(MODEL_IDS.map(resolution)).toEqual(['1080p', '720p', '1080p']);
  });
});
