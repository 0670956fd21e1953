/** Others in each run; a failure names its own, to be given again: `SEED=1234 vitest …`. */
export const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What people write with, and what they write with who want to see a bot break. */
const ALPHABETS = {
  plain: ['a', 'paper', 'boat', 'drifts', ' ', ', ', '. ', '3', '(', ')', '!'],
  markdown: [
    ...'*_~`|<>@#[]()\\:-+1.',
    '```',
    '**',
    '-# ',
    '](',
    '://',
    '</x:1>',
    '<@1>',
    '<t:0:R>',
  ],
  emoji: ['🛶', '👨‍👩‍👧‍👦', '👩🏽‍❤️‍💋‍👨🏿', '🇩🇪', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '👍🏽', '1️⃣', '❤️'],
  families: ['👨‍👩‍👧‍👦'],
  boats: ['🛶'],
  marks: ['a', 'e\u0301', '\u0300', '\u0301', '\u0302', '\u0323', '\u20dd', 'ก\u0e49', 'न\u093f'],
  oneSign: ['\u0301'],
  signs: ['*\u0301', '_\u0302', '`\u0303', '\u0600*', '#️⃣', '@\u0301'],
  chinese: ['一', '只', '纸', '船', '漂', '過', '霓', '虹', '。', '，', '𠮷'],
  rightToLeft: ['قارب', 'سفينة', 'סירה', ' ', '\u202e', '\u2067', '\u2069', '\u200f'],
  lines: ['a', '\n', '\r\n', '\n\n', '\u2028', '\t', '# ', '> ', '- ', '1. ', '```\n'],
  addresses: ['https://', 'http://a.b/', '<https://c.d>', '[x](https://e.f)', 'discord.gg/x ', '&'],
};

export type Writing = keyof typeof ALPHABETS | 'everything';
export const WRITINGS: Writing[] = [
  'plain',
  'markdown',
  'emoji',
  'families',
  'boats',
  'marks',
  'oneSign',
  'signs',
  'chinese',
  'rightToLeft',
  'lines',
  'addresses',
  'everything',
];

/** Text of exactly so many characters, as Discord counts them for an option: code points. */
export function textIn(writing: Writing, length: number, random: () => number): string {
  const alphabet = writing === 'everything' ? Object.values(ALPHABETS).flat() : ALPHABETS[writing];
  const characters: string[] = [];
  while (characters.length < length) {
    const piece = alphabet[Math.floor(random() * alphabet.length)] ?? 'a';
    characters.push(...piece);
  }
  // Blanks at the ends go before anything is shown.
  return ['x', ...characters.slice(0, length - 2), 'x'].join('');
}
