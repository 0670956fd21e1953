import { describe, expect, it } from 'vitest';
import { withoutPrompt } from '../../src/seedance/errors.ts';

const PROMPT = 'my neighbour Anna dances in the rain';
const said = (message: string, prompt: string | undefined = PROMPT) =>
  withoutPrompt({ code: 'x', message }, prompt)?.message;

describe('what is logged of the service’s words', () => {
  it.each([
    ['the whole prompt', `Refused: ${PROMPT}`],
    ['a part of it', 'Refused: neighbour Anna dances'],
    ['a part in quotation marks', 'Blocked words: "Anna", “rain” and `dances`'],
    ['a part across lines', 'Refused: Anna\ndances in'],
  ])('does not hold %s', (_what, message) => {
    expect(said(message)).not.toMatch(/Anna|dances|rain/);
  });

  it('holds the rest, for the operator', () => {
    expect(said('Rate limit reached, try in 5 s')).toBe('Rate limit reached, try in 5 s');
    expect(said('Can’t do: it isn’t allowed', '')).toBe('Can’t do: it isn’t allowed');
    expect(withoutPrompt({ code: 'Sensitive', message: 'no' }, 'no')).toEqual({
      code: 'Sensitive',
      message: '[prompt]',
    });
  });

  it('is short, and nothing where nothing was said', () => {
    expect(said('x'.repeat(5000))).toHaveLength(300);
    expect(withoutPrompt(undefined, PROMPT)).toBeUndefined();
  });
});
