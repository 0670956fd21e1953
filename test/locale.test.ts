import { Locale as Theirs } from 'discord.js';
import { expect, it } from 'vitest';
import { LANGUAGE_NAMES, LOCALES, localeOf } from '../src/locale.ts';

const OURS: Partial<Record<Theirs, string>> = {
  [Theirs.ChineseCN]: 'zh-CN',
  [Theirs.ChineseTW]: 'zh-TW',
  [Theirs.Japanese]: 'ja',
  [Theirs.SpanishES]: 'es-ES',
  [Theirs.SpanishLATAM]: 'es-ES',
  [Theirs.PortugueseBR]: 'pt-BR',
};

it.each(Object.values(Theirs))('whoever uses Discord in %s is understood', (code) => {
  expect(localeOf(code)).toBe(OURS[code] ?? 'en');
});

it.each(['', 'es', 'zh', 'xx-YY', 'constructor', 'JA'])(
  'what Discord does not speak, as %j, is English',
  (code) => {
    expect(localeOf(code)).toBe('en');
  },
);

it.each(LOCALES)('%s has its own name for itself', (locale) => {
  const itself = new Intl.DisplayNames(locale, { type: 'language' }).of(locale.split('-')[0] ?? '');
  expect(LANGUAGE_NAMES[locale].toLowerCase()).toContain(itself?.toLowerCase());
});
