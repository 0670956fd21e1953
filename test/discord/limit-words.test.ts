import { describe, expect, it } from 'vitest';
import { limitError, limitMet } from '../../src/discord/limit-words.ts';
import type { AllowanceUsedUp } from '../../src/jobs/admission.ts';
import type { FailureCause } from '../../src/jobs/job.ts';
import { SCOPES, SPANS } from '../../src/limits.ts';
import { LOCALES } from '../../src/locale.ts';
import { Words } from '../../src/words.ts';
import { failed } from './a-reference.ts';

const opensAt = Date.parse('2026-12-01T00:00:00Z');
const WHEN = `<t:${opensAt / 1000}:R>`;
type Reached = Parameters<typeof limitError>[0];

const allowances = SCOPES.flatMap((scope) =>
  SPANS.flatMap((span) =>
    (['videos', 'credits'] as const).map(
      (what): AllowanceUsedUp => ({ kind: 'allowance', scope, span, what, most: 1234, opensAt }),
    ),
  ),
);

function said(reached: Reached, locale: (typeof LOCALES)[number] = 'en'): string {
  return limitError(reached).say(Words.in(locale));
}

describe('a limit that is reached', () => {
  it.each([
    [{ scope: 'bot', span: 'day', what: 'videos' }, 'This bot’s limit of 1,234 videos a day'],
    [{ scope: 'bot', span: 'month', what: 'credits' }, 'This bot’s limit of 1,234 credits a month'],
    [
      { scope: 'server', span: 'day', what: 'credits' },
      'This server’s limit of 1,234 credits a day',
    ],
    [{ scope: 'member', span: 'month', what: 'videos' }, 'Your limit of 1,234 videos a month'],
    [
      { scope: 'member-here', span: 'day', what: 'videos' },
      'Your limit of 1,234 videos a day in this server',
    ],
  ] as const)('is named: %j', (which, words) => {
    expect(said({ kind: 'allowance', most: 1234, opensAt, ...which })).toContain(
      `${words} is used`,
    );
  });

  it('is told apart from every other, with when it opens, in every language', () => {
    const all: Reached[] = [
      ...allowances,
      { kind: 'cooldown', opensAt },
      { kind: 'struck', opensAt },
    ];
    for (const locale of LOCALES) {
      const texts = all.map((reached) => said(reached, locale));
      expect(new Set(texts).size).toBe(all.length);
      for (const text of texts) expect(text).toContain(WHEN);
    }
  });

  it('that this one never fits into does not promise to open, in every language', () => {
    const never: Reached[] = allowances.flatMap((one) => [
      { ...one, most: 0, opensAt: undefined },
      { ...one, opensAt: undefined },
    ]);
    for (const locale of LOCALES) {
      for (const reached of never) expect(said(reached, locale)).not.toContain('<t:');
    }
    const credits = { scope: 'server', span: 'day', what: 'credits', opensAt: undefined } as const;
    expect(said({ kind: 'allowance', most: 30, ...credits })).toBe(
      'This server’s limit of 30 credits a day is not enough for this one. A shorter or less sharp video may cost less.',
    );
    expect(said({ kind: 'allowance', most: 0, ...credits })).toBe(
      'This server’s limit of 0 credits a day allows none.',
    );
  });

  it('at a job’s turn is named to its member, if the job says which', () => {
    const limit = { scope: 'server', span: 'month', what: 'credits', most: 1234 } as const;
    const words = Words.in('en');
    const met = (why: FailureCause) => limitMet(failed(why), words);
    expect(met({ cause: 'budget', opensAt, limit })).toContain('1,234 credits a month');
    expect(met({ cause: 'budget', opensAt })).toBeUndefined();
    expect(met({ cause: 'struck', opensAt })).toContain('refused for their content');
    expect(met({ cause: 'service' })).toBeUndefined();
  });

  it('of nothing at all does not promise anything for tomorrow', () => {
    const none = { scope: 'member', span: 'day', what: 'videos', most: 0 } as const;
    expect(said({ kind: 'allowance', opensAt, ...none })).not.toContain(WHEN);
  });
});
