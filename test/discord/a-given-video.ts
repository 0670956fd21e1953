import { defaultsFor } from '../../src/discord/defaults.ts';
import { checkVideo } from '../../src/discord/video-request.ts';
import { UserError } from '../../src/errors.ts';
import type { GivenFile, GivenVideo } from '../../src/members/form-drafts.ts';
import type { Preferences } from '../../src/members/preferences.ts';
import { MODEL_IDS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

/** What the bot offers, up to 720p. */
export function offerUpTo(
  maxDurationSecs = 15,
  allowedModels: readonly (typeof MODEL_IDS)[number][] = MODEL_IDS,
) {
  return offerOf({ allowedModels, maxDurationSecs, maxResolution: '720p' });
}
export const OFFER = offerUpTo();

function given(changes: Partial<GivenVideo> = {}): GivenVideo {
  return {
    prompt: 'A paper boat',
    files: [],
    isPrivate: false,
    ...changes,
  };
}

/** Discord: when an address expires, as it says it in `ex`. */
export function expiring(secondsFromNow: number): string {
  return Math.floor(NOW / 1000 + secondsFromNow).toString(16);
}

/** A picture that is taken, with changes. */
export function picture(changes: Partial<GivenFile> = {}): GivenFile {
  const name = changes.name ?? 'boat.png';
  return {
    name,
    url: `https://cdn.discordapp.com/ephemeral-attachments/1/2/${name}?ex=${expiring(3600)}&is=1&hm=2`,
    contentType: 'image/png',
    sizeBytes: 1000,
    width: 1024,
    height: 576,
    ...changes,
  };
}

export function sound(): GivenFile {
  return picture({
    name: 'song.mp3',
    contentType: 'audio/mpeg',
    width: null,
    height: null,
  });
}

/** @param own what the member has set */
export function check(
  changes: Partial<GivenVideo> = {},
  offer = OFFER,
  own: Partial<Preferences> = {},
) {
  return checkVideo(given(changes), offer, defaultsFor(offer, { wantsPing: true, ...own }), NOW);
}

/** Why it is refused; undefined if it is not. */
export function errorOf(changes: Partial<GivenVideo>, offer = OFFER): UserError | undefined {
  try {
    check(changes, offer);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** The same, in English words. */
export function refusal(changes: Partial<GivenVideo>, offer = OFFER): string {
  return errorOf(changes, offer)?.message ?? 'not refused';
}
