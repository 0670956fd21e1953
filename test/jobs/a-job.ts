import type { Job, VideoRequest } from '../../src/jobs/job.ts';

export const MEMBER = '900';
/** Noon, far from the midnight at which days change. */
export const NOON = Date.parse('2026-11-22T12:00:00Z');

/** Every state of a job, and whether it is open then. */
export const STATES = [
  ['waiting', true],
  ['submitting', true],
  ['queued', true],
  ['processing', true],
  ['delivering', true],
  ['succeeded', false],
  ['failed', false],
  ['cancelled', false],
  ['unconfirmed', false],
  ['undelivered', false],
] as const;

/** A request in words only, with changes. */
export function aRequest(changes: Partial<VideoRequest> = {}): VideoRequest {
  return {
    prompt: 'A paper boat',
    leftOut: [],
    references: [],
    model: 'seedance-2.0',
    durationSecs: 5,
    aspectRatio: '16:9',
    resolution: '720p',
    ...changes,
  };
}

/** A job that waits, with changes. */
export function aJob(changes: Partial<Job> = {}): Job {
  const { createdAt = NOON } = changes;
  return {
    id: '1',
    state: 'waiting',
    memberId: MEMBER,
    rank: 0,
    locale: 'en',
    wantsPing: true,
    createdAt,
    request: aRequest(),
    attempts: 0,
    card: {
      applicationId: '10',
      token: 'interaction-token',
      tokenExpiresAt: createdAt + 900_000,
      guildId: '20',
      channelId: '30',
      messageId: '40',
      uploadLimitBytes: 10_000_000,
      shows: 'rendering',
    },
    ...changes,
  };
}

/** A job that Seedance has taken, with changes. */
export function aFollowedJob(changes: Partial<Job> = {}): Job {
  return aJob({
    state: 'queued',
    attempts: 1,
    submittedAt: NOON,
    reservedCredits: 40,
    task: { requestId: 'req_1', acceptedAt: NOON, creditsCharged: 40 },
    ...changes,
  });
}

/** A request with one picture. */
export function aRequestWithPicture(): VideoRequest {
  const url = 'https://cdn.discordapp.com/ephemeral-attachments/1/2/boat.jpg';
  return aRequest({ references: [{ url, name: 'boat.jpg', kind: 'image' }] });
}
