import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord-api-types/v10';
import { isObject } from './published.ts';
import type { SeenCommand, SeenOption } from './seen-command.ts';

/** Where a locale looks next before it takes the default (docs: Locale fallbacks). */
const FALLBACK: Record<string, string> = {
  'en-US': 'en-GB',
  'en-GB': 'en-US',
  'es-419': 'es-ES',
};

/** Gives a command as a member of that locale reads it. */
export function seenCommand(command: APIApplicationCommand, locale: string): SeenCommand {
  return {
    type: command.type,
    name: command.name,
    ...shown(command, locale),
    options: (command.options ?? []).map((option) => seenOption(option, locale)),
  };
}

function seenOption(option: APIApplicationCommandOption, locale: string): SeenOption {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  return {
    name: option.name,
    type: option.type,
    ...shown(option, locale),
    required: option.required ?? false,
    autocomplete: 'autocomplete' in option && option.autocomplete === true,
    choices: choices.map((choice) => ({
      shownName: inLocale(choice.name, choice.name_localizations, locale),
      value: choice.value,
    })),
    maxLength: 'max_length' in option ? option.max_length : undefined,
    fileTypes: 'file_types' in option ? option.file_types : undefined,
  };
}

type Dictionary = Partial<Record<string, string | null>> | null | undefined;

function shown(
  part: {
    name: string;
    description: string;
    name_localizations?: Dictionary;
    description_localizations?: Dictionary;
  },
  locale: string,
): { shownName: string; description: string } {
  return {
    shownName: inLocale(part.name, part.name_localizations, locale),
    description: inLocale(part.description, part.description_localizations, locale),
  };
}

function inLocale(own: string, texts: Dictionary, locale: string): string {
  return texts?.[locale] ?? texts?.[FALLBACK[locale] ?? locale] ?? own;
}

/**
 * Gives commands as a GET without `with_localizations` does: in place of each dictionary the words
 * of the requester's locale, if it has them (docs: Retrieving localized commands).
 */
export function withoutDictionaries(value: unknown, locale: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutDictionaries(item, locale));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (!key.endsWith('_localizations')) return [[key, withoutDictionaries(inner, locale)]];
    const text = isObject(inner) ? inner[locale] : undefined;
    return typeof text === 'string' ? [[key.replace('_localizations', '_localized'), text]] : [];
  });
  return Object.fromEntries(entries);
}
