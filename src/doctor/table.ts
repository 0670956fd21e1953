import { styleText } from 'node:util';
import type { Row } from './row.ts';

const WIDTH = 100;
const GAP = '  ';
const COLOURS = { ok: 'green', note: 'yellow', wrong: 'red', skipped: 'gray' } as const;

/** All rows, with a last line that counts what is wrong. In colours where the output is a terminal. */
export function table(rows: readonly Row[]): string {
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const stateWidth = Math.max(...Object.keys(COLOURS).map((state) => state.length));
  const margin = ' '.repeat(nameWidth + stateWidth + 2 * GAP.length);
  const lines = rows.flatMap(({ name, state, saw, mend }) => {
    const [first = '', ...others] = [
      ...wrap(saw, WIDTH - margin.length),
      ...(mend === undefined ? [] : indented(wrap(mend, WIDTH - margin.length - ARROW.length))),
    ];
    const label = styleText(COLOURS[state], state.padEnd(stateWidth));
    return [
      [name.padEnd(nameWidth), label, first].join(GAP),
      ...others.map((line) => margin + line),
    ];
  });
  return `${[...lines, '', verdict(rows)].join('\n')}\n`;
}

const ARROW = '→ ';

function indented(lines: string[]): string[] {
  return lines.map((line, index) => (index === 0 ? ARROW : ' '.repeat(ARROW.length)) + line);
}

function verdict(rows: readonly Row[]): string {
  const count = rows.filter(({ state }) => state === 'wrong').length;
  if (count === 0) return styleText('green', 'All is well.');
  return styleText('red', count === 1 ? '1 thing to mend.' : `${count} things to mend.`);
}

/** Breaks between words only: a link that is too long is still copied whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The names of servers and channels are other people's: what steers a terminal stays out of it. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
}
