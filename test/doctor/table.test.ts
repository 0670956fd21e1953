import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { table } from '../../src/doctor/table.ts';

const print = (...rows: Parameters<typeof table>[0]) => stripVTControlCharacters(table(rows));

it('is aligned, breaks between words only, and counts what is wrong', () => {
  const link = `https://discord.com/oauth2/authorize?${'x'.repeat(100)}`;
  const words = Array(12).fill('paper boats').join(' ');
  expect(
    print(
      { name: 'token', state: 'ok', saw: 'The bot is @boat.' },
      { name: 'install link', state: 'note', saw: `Here: ${link}` },
      { name: 'disk', state: 'wrong', saw: words, mend: words },
    ),
  ).toBe(`token         ok       The bot is @boat.
install link  note     Here:
                       ${link}
disk          wrong    paper boats paper boats paper boats paper boats paper boats paper boats paper
                       boats paper boats paper boats paper boats paper boats paper boats
                       → paper boats paper boats paper boats paper boats paper boats paper boats
                         paper boats paper boats paper boats paper boats paper boats paper boats

1 thing to mend.
`);
});

it('holds nothing that steers a terminal', () => {
  const output = print({ name: 'a', state: 'ok', saw: 'b\u001b]0;c\u0007\nd\u202ee\u2028f' });
  expect(output.split('\n')[0]).toBe('a  ok       b]0;cdef');
});

it('says when all is well: what was skipped and what is only noted is not wrong', () => {
  const rows = (['ok', 'note', 'skipped'] as const).map((state) => ({
    name: 'a',
    state,
    saw: 'b',
  }));
  expect(
    print(...rows)
      .trimEnd()
      .split('\n')
      .at(-1),
  ).toBe('All is well.');
});
