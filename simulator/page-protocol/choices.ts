/** Who one can be. */
export const PEOPLE = ['mia', 'ben', 'olive'] as const;
export type PersonName = (typeof PEOPLE)[number];

/** Languages of Discord that one can have it in; German is there to show what a missing one does. */
export const LOCALES = ['en-US', 'zh-CN', 'zh-TW', 'ja', 'es-ES', 'pt-BR', 'de'] as const;
export type DiscordLocale = (typeof LOCALES)[number];

/** How long a generation can take, in ms. The last one outlasts the bot's patience. */
export const GENERATION_MS = [2000, 5000, 20_000, 90_000, 3_600_000] as const;
export type GenerationMs = (typeof GENERATION_MS)[number];

/** What can be made to go wrong at Seedance. The last two stay until they are switched off. */
export const MISHAPS = [
  'reference refused',
  'prompt refused',
  'generation fails',
  'answer lost',
  'out of credits',
  'service down',
] as const;
export type MishapName = (typeof MISHAPS)[number];
