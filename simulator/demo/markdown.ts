import type { Ink } from './ink.ts';

/** What Discord's Markdown needs to know to be read. */
export interface Reader {
  ink: Ink;
  /** A member's name by id. */
  nameOf: (userId: string) => string | undefined;
  now: () => number;
}

/** Escaped signs wait here, out of the way of the rules, until these have been applied. */
const PRIVATE_USE = 0xe000;

/** Reads a line of Discord's Markdown as a member sees it. Words keep their weight when wrapped. */
export function readLine(line: string, { ink, nameOf, now }: Reader): string {
  const isSmall = line.startsWith('-# ');
  const shown = line
    .replace(/^-# /, '')
    .replace(/\\([\x21-\x7e])/g, (_, sign: string) => hide(sign))
    .replace(/<@!?(\d+)>/g, (_, id: string) => `@${nameOf(id) ?? 'unknown-user'}`)
    .replace(/<t:(\d+):R>/g, (_, seconds: string) => relative(Number(seconds) * 1000 - now()))
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/\*\*(.+?)\*\*/g, (_, words: string) => eachWord(words, ink.bold))
    .replace(/[\ue021-\ue07e]/g, show);
  return isSmall ? eachWord(shown, ink.dim) : shown;
}

function hide(sign: string): string {
  return String.fromCharCode(PRIVATE_USE + sign.charCodeAt(0));
}

function show(hidden: string): string {
  return String.fromCharCode(hidden.charCodeAt(0) - PRIVATE_USE);
}

function eachWord(words: string, style: (word: string) => string): string {
  return words.split(' ').map(style).join(' ');
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** "just now", "in 3 hours". */
function relative(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const found = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  if (!found || Math.abs(seconds) < 2) return 'just now';
  const [unit, size] = found;
  return new Intl.RelativeTimeFormat('en').format(Math.trunc(seconds / size), unit);
}
