import { describe, expect, it } from 'vitest';
import { JobNews } from '../../src/discord/audit-event.ts';
import { auditLine } from '../../src/discord/audit-line.ts';
import type { Job } from '../../src/jobs/job.ts';
import { Words } from '../../src/words.ts';
import { aJob, aRequest, MEMBER, NOON } from '../jobs/a-job.ts';

const task = { requestId: 'r', acceptedAt: NOON, creditsCharged: 40 };
const failed = (cause: 'prompt' | 'service'): Partial<Job> => ({
  state: 'delivering',
  outcome: { kind: 'failed', why: { cause } },
  endedAt: NOON,
});

const delivery: Job['delivery'] = {
  way: 'bot',
  startedAt: NOON,
  fromLink: false,
  cardRefusesVideo: false,
};

/** What is told of a job that is saved in these states, one after the other. */
function told(states: Partial<Job>[], now = NOON) {
  const news = new JobNews(() => now);
  return states.map((state) => news.of(aJob(state))?.kind);
}

describe('what is new in a job', () => {
  it.each([
    [
      'a submit that was accepted',
      [
        {},
        { state: 'submitting' },
        { state: 'queued', task },
        { state: 'processing', task },
        { state: 'queued', task },
      ],
      [undefined, undefined, 'submitted', undefined, undefined],
    ],
    [
      'a submit that is to come again',
      [
        { state: 'submitting' },
        { state: 'waiting' },
        { state: 'submitting' },
        { state: 'queued', task },
      ],
      [undefined, undefined, undefined, 'submitted'],
    ],
    [
      'one that was submitted before the process began',
      [
        { state: 'queued', task },
        { state: 'processing', task },
      ],
      [undefined, undefined],
    ],
    [
      'a prompt that was refused',
      [failed('prompt'), { ...failed('prompt'), state: 'failed' }],
      ['refused', undefined],
    ],
    ['a failure', [failed('service'), failed('service')], ['failed', undefined]],
    [
      'a failure that another process told, and this one delivers',
      [
        { ...failed('prompt'), delivery },
        { ...failed('prompt'), delivery, state: 'failed' },
      ],
      [undefined, undefined],
    ],
    [
      'a lost answer',
      [{ state: 'delivering', outcome: { kind: 'unconfirmed' }, endedAt: NOON }],
      ['unconfirmed'],
    ],
    [
      'a video that is made, or cancelled',
      [
        { state: 'delivering', outcome: { kind: 'succeeded', url: 'u' }, endedAt: NOON },
        { outcome: { kind: 'cancelled' }, endedAt: NOON },
      ],
      [undefined, undefined],
    ],
  ] satisfies [string, Partial<Job>[], (string | undefined)[]][])('%s', (_, states, expected) => {
    expect(told(states)).toEqual(expected);
  });

  it('an end of long ago is no news', () => {
    expect(told([failed('prompt')], NOON + 3_600_000)).toEqual([undefined]);
  });
});

describe('a line', () => {
  const job = aJob({ request: aRequest({ prompt: '@everyone **x**' }), task });
  const line = (withPrompt: boolean) =>
    auditLine({ kind: 'submitted', job }, Words.in('en'), withPrompt);

  it('says who, where, what and how much, and not what they asked for', () => {
    expect(line(false)).toContain(`<@${MEMBER}>: submitted`);
    expect(line(false)).toContain('5 s · 40 credits');
    expect(line(false)).toContain('https://discord.com/channels/');
    expect(line(false)).not.toContain('everyone');
  });

  it('shows a prompt escaped where it is to', () => {
    expect(line(true)).toContain('\\@everyone \\*\\*x\\*\\*');
  });
});
