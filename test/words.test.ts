import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../src/locale.ts';
import { Words } from '../src/words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it.each([
  ['en', 'Cancel'],
  ['zh-CN', '取消'],
  ['zh-TW', '取消'],
  ['ja', 'キャンセル'],
  ['es-ES', 'Cancelar'],
  ['pt-BR', 'Cancelar'],
] as const)('the words in %s are there at once, and made once', (locale, cancel) => {
  const words = Words.in(locale);
  expect(words.locale).toBe(locale);
  expect(words.t('button.cancel')).toBe(cancel);
  expect(Words.in(locale)).toBe(words);
});

it('words that are asked for again are the same, and those of another count are others', () => {
  const { t } = Words.in('en');
  for (const _time of [1, 2]) {
    expect(t('seconds', { count: 5 })).toBe('5 s');
    expect(t('seconds', { count: 6 })).toBe('6 s');
    expect(t('about', { count: 1 })).not.toBe(t('about', { count: 2 }));
    expect(t('card.for', { member: 'Mia' })).toBe('For Mia');
    expect(t('card.for', { member: 'Ben' })).toBe('For Ben');
  }
});

it('nothing is printed when they are made', async () => {
  const program = join(import.meta.dirname, '../src/words.ts');
  const printed = await promisify(execFile)(process.execPath, [program], { env: {} });
  expect(printed).toEqual({ stdout: '', stderr: '' });
});

it.each([
  ['en', 0, '0 credits'],
  ['en', 1, '1 credit'],
  ['en', 2, '2 credits'],
  ['en', 1_000_000, '1,000,000 credits'],
  ['zh-CN', 1, '1积分'],
  ['zh-CN', 2000, '2,000积分'],
  ['zh-TW', 1, '1 點'],
  ['zh-TW', 2000, '2,000 點'],
  ['ja', 1, '1 クレジット'],
  ['ja', 2000, '2,000 クレジット'],
  ['es-ES', 0, '0 créditos'],
  ['es-ES', 1, '1 crédito'],
  ['es-ES', 2, '2 créditos'],
  ['es-ES', 5, '5 créditos'],
  // Spanish groups from five digits on.
  ['es-ES', 2000, '2000 créditos'],
  ['es-ES', 20_000, '20.000 créditos'],
  ['es-ES', 1_000_000, '1.000.000 de créditos'],
  ['es-ES', 1_000_001, '1.000.001 créditos'],
  // In Brazil, nothing is one.
  ['pt-BR', 0, '0 crédito'],
  ['pt-BR', 1, '1 crédito'],
  ['pt-BR', 2, '2 créditos'],
  ['pt-BR', 5, '5 créditos'],
  ['pt-BR', 2000, '2.000 créditos'],
  ['pt-BR', 1_000_000, '1.000.000 de créditos'],
] as const)('in %s, %d credits are "%s"', (locale, count, said) => {
  expect(Words.in(locale).t('credits', { count })).toBe(said);
});

describe('a list', () => {
  const models = ['A', 'B', 'C'];

  it.each([
    ['en', 'A, B, or C', 'A, B, and C'],
    ['zh-CN', 'A、B或C', 'A、B和C'],
    ['zh-TW', 'A、B或C', 'A、B和C'],
    ['ja', 'A、B、またはC', 'A、B、C'],
    ['es-ES', 'A, B o C', 'A, B y C'],
    ['pt-BR', 'A, B ou C', 'A, B e C'],
  ] as const)('in %s is "%s" to choose from, and "%s" together', (locale, either, all) => {
    const { t } = Words.in(locale);
    expect(t('refusal.model', { models })).toContain(either);
    expect(t('refusal.permission', { count: 3, permissions: models })).toContain(all);
  });

  it('of one is that one', () => {
    expect(Words.in('en').t('refusal.model', { models: ['A'] })).toContain('Choose A.');
  });

  it('in Spanish heeds the sound of what follows', () => {
    expect(Words.in('es-ES').t('refusal.durationList', { model: 'X', lengths: ['7', '8'] })).toBe(
      'X hace 7 u 8 segundos.',
    );
  });
});

it.each([
  ['en', '5 s', '4 min', '1.5 hr', '2 hours'],
  ['zh-CN', '5秒', '4分钟', '1.5小时', '2小时'],
  ['zh-TW', '5 秒', '4 分鐘', '1.5 小時', '2 小時'],
  ['ja', '5 秒', '4 分', '1.5 時間', '2 時間'],
  ['es-ES', '5 s', '4 min', '1,5 h', '2 horas'],
  ['pt-BR', '5 s', '4 min', '1,5 h', '2 horas'],
] as const)('time in %s is in the largest unit that fits', (locale, ...said) => {
  const words = Words.in(locale);
  expect([
    words.timeSpan(5000, 'short'),
    words.timeSpan(4 * MINUTE, 'short'),
    words.timeSpan(1.5 * HOUR, 'short'),
    words.timeSpan(2 * HOUR, 'long'),
  ]).toEqual(said);
});

it.each([
  [MINUTE - 501, '59 s'],
  [MINUTE - 1, '1 min'],
  [HOUR - 1, '1 hr'],
  [MINUTE, '1 min'],
  [1.4 * MINUTE, '1 min'],
  [1.6 * MINUTE, '2 min'],
  [HOUR, '1 hr'],
  [1.06 * HOUR, '1.1 hr'],
])('%d ms is "%s"', (ms, said) => {
  expect(Words.in('en').timeSpan(ms, 'short')).toBe(said);
});

it.each([
  ['en', '3–5 min', '~3 min'],
  ['zh-CN', '3-5分钟', '~3分钟'],
  ['zh-TW', '3-5 分鐘', '~3 分鐘'],
  ['ja', '3～5 分', '約3 分'],
  ['es-ES', '3-5 min', '~3 min'],
  ['pt-BR', '3–5 min', '~3 min'],
] as const)('a range in %s is "%s", or "%s" where its ends are the same', (locale, range, same) => {
  const words = Words.in(locale);
  expect(words.timeRange(3 * MINUTE, 5 * MINUTE)).toBe(range);
  expect(words.timeRange(2.9 * MINUTE, 3.1 * MINUTE)).toBe(same);
});

it('a range under a minute is about one', () => {
  expect(Words.in('en').timeRange(1000, 20_000)).toBe('~1 min');
});

describe.each(LOCALES)('in %s', (locale) => {
  const { t } = Words.in(locale);

  it.each([
    '$t(button.cancel)',
    '$t(button.cancel, {"lng": "ja"})',
    '{{count}}',
    '{{what}}',
    '{{- name}}',
    '<b>&amp;"\'</b>',
    '$& $1 $$ \\',
    'constructor.__proto__',
  ])('%s is given back letter for letter', (hostile) => {
    expect(t('card.leftOut', { flags: hostile })).toBe(
      t('card.leftOut', { flags: 'FLAGS' }).replace('FLAGS', () => hostile),
    );
    const both = t('refusal.file', { number: 1, name: 'NAME', what: 'WHAT' });
    expect(t('refusal.file', { number: 1, name: hostile, what: hostile })).toBe(
      both.replace('NAME', () => hostile).replace('WHAT', () => hostile),
    );
    expect(t('refusal.permission', { count: 1, permissions: [hostile] })).toContain(hostile);
  });
});
