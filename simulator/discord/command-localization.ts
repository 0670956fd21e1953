import { type APIApplicationCommandOption, Locale } from 'discord-api-types/v10';
import { invalidForm } from './api-error.ts';

const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));
const CHAT_INPUT_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** A field's words by locale. */
type Dictionary = Partial<Record<string, string | null>> | null | undefined;

/** Words that a command, an option or a choice says in several languages. */
export interface Localizable {
  name: string;
  description?: string | null;
  name_localizations?: Dictionary;
  description_localizations?: Dictionary;
}

/** Refuses (50035) a name of a chat command or option that breaks the naming rule, in any language. */
export function checkNames(part: Localizable): void {
  for (const name of [part.name, ...textsIn(part.name_localizations)]) {
    if (!CHAT_INPUT_NAME.test(name) || name !== name.toLowerCase()) {
      throw invalidForm(`${name} is no name for a command or option`);
    }
  }
}

/** Refuses (50035) dictionaries with keys that are no locale of Discord (docs: Reference, Locales). */
export function checkLocales(part: Localizable): void {
  for (const texts of [part.name_localizations, part.description_localizations]) {
    const stranger = Object.keys(texts ?? {}).find((locale) => !LOCALES.has(locale));
    if (stranger !== undefined) throw invalidForm(`${part.name}: ${stranger} is no locale`);
  }
}

/**
 * Refuses (50035) options that a member could not tell apart: within a locale, names differ from
 * each other and from all default names of other options (docs: Localization).
 */
export function checkDistinct(options: readonly APIApplicationCommandOption[]): void {
  const names = options.map((option) => option.name);
  if (new Set(names).size < names.length) throw invalidForm('two options of one name');
  for (const locale of LOCALES) {
    const seen = new Set<string>();
    for (const option of options) {
      const name = textIn(option.name_localizations, locale);
      if (name === undefined || name === option.name) continue;
      if (seen.has(name) || names.includes(name)) {
        throw invalidForm(`two options are called ${name} in ${locale}`);
      }
      seen.add(name);
    }
  }
}

/** Gives the length of a field in its longest language, the default included. */
export function longest(own: string | null | undefined, texts: Dictionary): number {
  return Math.max(...[own ?? '', ...textsIn(texts)].map((text) => text.length));
}

function textIn(texts: Dictionary, locale: string): string | undefined {
  return texts?.[locale] ?? undefined;
}

function textsIn(texts: Dictionary): string[] {
  return Object.values(texts ?? {}).flatMap((text) => text ?? []);
}
