import { describe, expect, it } from 'vitest';
import { escapeText, quoteBlock, relativeTime, shorten } from '../../src/discord/text.ts';

describe('escaped text', () => {
  it.each([
    ['a mention', '<@123> <@!123> <@&123> <#123>', /(?<!\\)<[@#]/],
    ['everyone', '@everyone @here', /(?<!\\)@/],
    ['a masked link', '[safe](https://evil.example)', /(?<!\\)[[\]]/],
    ['an address', 'https://evil.example', /https:\/\//],
    ['a heading', '# big\n## smaller', /(^|\n)#/],
    ['small print', '-# small', /^-#/],
    ['a quote', '> said\n>>> and said', /(^|\n)>/],
    ['a list', '- one\n* two\n+ three\n1. four', /(^|\n)[-*+]|^1\. /],
    ['a timestamp', '<t:1700000000:R>', /(?<!\\)<t:/],
    ['a custom emoji', '<:boat:123> <a:boat:123>', /(?<!\\)<a?:/],
    ['a numbered list', '1. one', /^1\. /],
    ['a spoiler', '||hidden||', /(?<!\\)\|/],
    ['bold, italics, underline, strike', '**b** *i* __u__ ~~s~~', /(?<!\\)[*_~]/],
    ['code', '`x` ```js\ny```', /(?<!\\)`/],
    ['a backslash of its own', '\\*not escaped*', /(?<!\\)(\\\\)*\*/],
    ['a slash command', '</video:123>', /(?<!\\)<\//],
  ])('shows %s instead of obeying it', (_what, text, alive) => {
    const escaped = escapeText(text);
    expect(escaped).not.toMatch(alive);
    expect(escaped).not.toContain('\n');
    expect(escaped.replace(/\\(.)/g, '$1')).toBe(text.replace(/\s+/g, ' '));
  });

  it.each([
    'A paper boat, drifting - slowly! - past 3 puddles (at night).',
    'Ein Boot 🛶 für „Mia“',
    '日本の船',
  ])('leaves plain words alone: %s', (text) => {
    expect(escapeText(text)).toBe(text);
  });
});

describe('shortened text', () => {
  const FAMILY = '👨‍👩‍👧‍👦';

  it('is left alone where it fits', () => {
    expect(shorten('abc', 3)).toBe('abc');
    expect(shorten('', 3)).toBe('');
  });

  it('ends in an ellipsis where it does not', () => {
    expect(shorten('abcd', 3)).toBe('ab…');
    expect(shorten('ab cd', 4)).toBe('ab…');
  });

  it.each([
    ['an emoji', '🛶'],
    ['a family', FAMILY],
    ['a flag', '🇩🇪'],
    ['a letter with marks', 'e\u0301\u0302'],
    ['a skin tone', '👍🏽'],
  ])('cuts %s nowhere', (_what, sign) => {
    const short = shorten(sign.repeat(300), 200);
    expect(short.endsWith('…')).toBe(true);
    expect(short.slice(0, -1)).toBe(sign.repeat((short.length - 1) / sign.length));
    expect(short.length).toBeLessThanOrEqual(401);
  });

  it('counts what the eye counts', () => {
    expect(shorten('🛶'.repeat(200), 200)).toBe('🛶'.repeat(200));
    expect(shorten('🛶'.repeat(201), 200)).toBe(`${'🛶'.repeat(199)}…`);
  });

  it.each([
    ['🛶'.repeat(200), 200, 100],
    [FAMILY.repeat(200), 200, 60],
    ['x'.repeat(200), 200, 7],
  ])('counts what Discord counts as well (%#)', (text, max, maxUnits) => {
    const short = shorten(text, max, maxUnits);
    expect(short.endsWith('…')).toBe(true);
    expect(short.length).toBeLessThanOrEqual(maxUnits);
  });

  it('is short whatever comes in', () => {
    for (const huge of ['x'.repeat(1e5), FAMILY.repeat(1e4), `a${'\u0301'.repeat(1e5)}`]) {
      expect(shorten(huge, 60).length).toBeLessThanOrEqual(121);
    }
  });
});

it('a block to copy from can’t be ended by what it holds', () => {
  const quoted = quoteBlock('before ``` after **bold**');
  expect(quoted.split('```')).toHaveLength(3);
  expect(quoted).toContain('after **bold**');
});

it('a time is one that counts by itself', () => {
  expect(relativeTime(1_700_000_000_999)).toBe('<t:1700000000:R>');
});
