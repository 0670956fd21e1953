/** The languages that the bot speaks: one file each in `locales/`. */
export const LOCALES = ['en', 'zh-CN', 'zh-TW', 'ja', 'es-ES', 'pt-BR'] as const;
export type Locale = (typeof LOCALES)[number];

/**
 * The language that comes nearest to one of Discord's: each English and each Spanish is one to us.
 * @param code as Discord gives it: `en-GB`, `es-419`
 */
export function localeOf(code: string): Locale {
  const same = LOCALES.find((locale) => locale === code);
  return same ?? (code.startsWith('es-') ? 'es-ES' : 'en');
}

/** Each language's name for itself. */
export const LANGUAGE_NAMES: Record<Locale, string> = {
  en: 'English',
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  ja: '日本語',
  'es-ES': 'Español',
  'pt-BR': 'Português (Brasil)',
};
