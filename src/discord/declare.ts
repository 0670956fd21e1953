import {
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  type RESTPostAPIApplicationCommandsJSONBody,
  Locale as Theirs,
} from 'discord.js';
import { LOCALES, type Locale } from '../locale.ts';
import type { Offer } from '../offer.ts';
import { Words } from '../words.ts';
import type { Availability, Surface } from './command.ts';

type Say = (words: Words) => string;

/** Discord's languages, for each of ours that is not the original. */
const DISCORD_LOCALES: Record<Exclude<Locale, 'en'>, readonly Theirs[]> = {
  'zh-CN': [Theirs.ChineseCN],
  'zh-TW': [Theirs.ChineseTW],
  ja: [Theirs.Japanese],
  'es-ES': [Theirs.SpanishES, Theirs.SpanishLATAM],
  'pt-BR': [Theirs.PortugueseBR],
};

function translated(say: Say): LocalizationMap {
  const map: LocalizationMap = {};
  for (const locale of LOCALES) {
    if (locale === 'en') continue;
    for (const code of DISCORD_LOCALES[locale]) map[code] = say(Words.in(locale));
  }
  return map;
}

/** A name as Discord registers it, in all languages. */
export function named(say: Say): { name: string; name_localizations: LocalizationMap } {
  return { name: say(Words.in('en')), name_localizations: translated(say) };
}

/** A description as Discord registers it, in all languages. */
export function described(say: Say): {
  description: string;
  description_localizations: LocalizationMap;
} {
  return { description: say(Words.in('en')), description_localizations: translated(say) };
}

/** All commands as they are registered with Discord; **Report video** only where somebody is told. */
export function declare(
  { commands, messageCommands }: Surface,
  offer: Offer,
  where: Availability,
): RESTPostAPIApplicationCommandsJSONBody[] {
  const { 'Report video': _report, ...others } = messageCommands;
  const inMenus = Object.values(where.takesReports ? messageCommands : others);
  const all = [...Object.values(commands), ...inMenus];
  return all.map((command) => command.declare(offer, where));
}

/** Where a command is to be had. */
export function places({ guildsOnly, userInstall }: Availability): {
  integration_types: ApplicationIntegrationType[];
  contexts: InteractionContextType[];
} {
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  const { Guild, BotDM, PrivateChannel } = InteractionContextType;
  const contexts = userInstall ? [Guild, BotDM, PrivateChannel] : [Guild, BotDM];
  return {
    integration_types: userInstall ? [GuildInstall, UserInstall] : [GuildInstall],
    contexts: guildsOnly ? [Guild] : contexts,
  };
}
