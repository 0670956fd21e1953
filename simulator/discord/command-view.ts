import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
} from 'discord-api-types/v10';
import { isPart } from './command-path.ts';
import { isObject } from './published.ts';
import type { SeenCommand, SeenOption } from './seen-command.ts';

/** Where a locale looks next before it takes the default (docs: Locale fallbacks). */
const FALLBACK: Record<string, string> = {
  'en-US': 'en-GB',
  'en-GB': 'en-US',
  'es-419': 'es-ES',
};

/** Gives what a client offers for an option besides the choices that it declares. */
type Offers = (option: APIApplicationCommandOption) => SeenOption['choices'];

/**
 * Gives a command as a member of that locale reads it; one with subcommands as each of these, since
 * it cannot be used by itself (docs: Subcommands).
 */
export function seenCommands(
  command: APIApplicationCommand,
  locale: string,
  offers: Offers,
): SeenCommand[] {
  const { type, name, options = [] } = command;
  const seen = { type, name, ...shown(command, locale) };
  const parts = options.filter(isPart);
  if (parts.length > 0) return parts.flatMap((part) => seenParts(seen, part, locale, offers));
  return [{ ...seen, options: options.map((option) => seenOption(option, locale, offers)) }];
}

function seenParts(
  outer: Omit<SeenCommand, 'options'>,
  part: APIApplicationCommandOption,
  locale: string,
  offers: Offers,
): SeenCommand[] {
  const own = shown(part, locale);
  const seen = {
    type: outer.type,
    name: `${outer.name} ${part.name}`,
    shownName: `${outer.shownName} ${own.shownName}`,
    description: own.description,
  };
  const inner: APIApplicationCommandOption[] = isPart(part) ? (part.options ?? []) : [];
  if (part.type === ApplicationCommandOptionType.SubcommandGroup) {
    return inner.flatMap((one) => seenParts(seen, one, locale, offers));
  }
  return [{ ...seen, options: inner.map((option) => seenOption(option, locale, offers)) }];
}

function seenOption(
  option: APIApplicationCommandOption,
  locale: string,
  offers: Offers,
): SeenOption {
  const declared = 'choices' in option ? (option.choices ?? []) : [];
  const choices = declared.map((choice) => ({
    shownName: inLocale(choice.name, choice.name_localizations, locale),
    value: choice.value,
  }));
  return {
    name: option.name,
    type: option.type,
    ...shown(option, locale),
    required: option.required ?? false,
    autocomplete: 'autocomplete' in option && option.autocomplete === true,
    choices: [...choices, ...offers(option)],
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
