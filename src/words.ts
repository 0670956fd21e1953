import { createInstance, type TFunction } from 'i18next';
import type { Locale } from './locale.ts';
import { en } from './locales/en.ts';
import { esES } from './locales/es-ES.ts';
import { ja } from './locales/ja.ts';
import { ptBR } from './locales/pt-BR.ts';
import { zhCN } from './locales/zh-CN.ts';
import { zhTW } from './locales/zh-TW.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

const i18n = createInstance();
void i18n.init({
  resources: {
    en: { translation: en },
    'zh-CN': { translation: zhCN },
    'zh-TW': { translation: zhTW },
    ja: { translation: ja },
    'es-ES': { translation: esES },
    'pt-BR': { translation: ptBR },
  },
  fallbackLng: 'en',
  nsSeparator: false,
  // Members' words are made safe for Discord's Markdown; HTML means nothing to it.
  interpolation: { escapeValue: false },
});

/** All that is said in one language. */
export class Words {
  readonly locale: Locale;
  /** The words under a key, with what they name filled in. A value is never read as a template. */
  readonly t: TFunction;
  readonly #formats = new Map<string, Intl.NumberFormat>();
  readonly #ranges = new Map<string, string>();

  private constructor(locale: Locale) {
    this.locale = locale;
    this.t = keepingPlain(i18n.getFixedT(locale));
  }

  static readonly #made = new Map<Locale, Words>();

  static in(locale: Locale): Words {
    const words = Words.#made.get(locale) ?? new Words(locale);
    Words.#made.set(locale, words);
    return words;
  }

  /** "5 s", "4 min" (`short`) or "2 hours" (`long`), in the largest unit that fits. */
  timeSpan(ms: number, unitDisplay: 'short' | 'long'): string {
    const seconds = Math.round(ms / 1000);
    // As the length of a video is written; Intl would say "sec".
    if (seconds < 60) return this.t('seconds', { count: seconds });
    const minutes = Math.round(ms / 60_000);
    if (minutes < 60) return this.#inUnits('minute', unitDisplay).format(minutes);
    return this.#inUnits('hour', unitDisplay).format(ms / 3_600_000);
  }

  /** "3–5 min"; "~3 min" where both are the same in minutes. Milliseconds. */
  timeRange(fromMs: number, toMs: number): string {
    const from = Math.max(1, Math.round(fromMs / 60_000));
    const to = Math.max(1, Math.round(toMs / 60_000));
    // Kept, for a card waits for it, and there are few.
    const known = this.#ranges.get(`${from} ${to}`);
    if (known !== undefined) return known;
    const range = this.#inUnits('minute', 'short').formatRange(from, to);
    this.#ranges.set(`${from} ${to}`, range);
    return range;
  }

  /** Kept: to make one takes longer than the rest of a card. */
  #inUnits(unit: 'hour' | 'minute', unitDisplay: 'short' | 'long'): Intl.NumberFormat {
    const key = `${unit} ${unitDisplay}`;
    const format =
      this.#formats.get(key) ??
      new Intl.NumberFormat(this.locale, {
        style: 'unit',
        unit,
        unitDisplay,
        maximumFractionDigits: unit === 'hour' ? 1 : 0,
      });
    this.#formats.set(key, format);
    return format;
  }
}

/** A count may be what a member has typed. */
const MOST_KEPT = 1000;

/** Keeps what names nothing but a count, as most words of a card do: i18next takes long to find them. */
function keepingPlain(t: TFunction): TFunction {
  const known = new Map<string, string>();
  return new Proxy(t, {
    apply(find, self, asked: [key: string, named?: { count?: number }]) {
      const [key, { count, ...others } = {}] = asked;
      if (Object.keys(others).length > 0) return Reflect.apply(find, self, asked);
      const name = `${key} ${count}`;
      const words = known.get(name) ?? String(Reflect.apply(find, self, asked));
      if (known.size >= MOST_KEPT) known.clear();
      known.set(name, words);
      return words;
    },
  });
}
