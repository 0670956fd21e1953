import { isDeepStrictEqual } from 'node:util';
import {
  type REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RouteLike,
  Routes,
} from 'discord.js';
import * as z from 'zod';

/** Discord leaves the translations out unless it is asked for them. */
const TRANSLATED = new URLSearchParams({ with_localizations: 'true' });

/** Registers the commands, if they differ from those that Discord has. @returns whether it wrote */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  declared: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<boolean> {
  const { route, wanted, isSame } = await compareCommands(rest, applicationId, guildId, declared);
  if (!isSame) await rest.put(route, { body: wanted });
  return !isSame;
}

/**
 * Whether Discord has the commands as they are declared. It writes nothing.
 * @throws what discord.js's REST throws, also where the bot is not in the server
 */
export async function compareCommands(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  declared: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<{
  route: RouteLike;
  wanted: readonly RESTPostAPIApplicationCommandsJSONBody[];
  isSame: boolean;
}> {
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const wanted = guildId ? declared.map(withoutPlaces) : declared;
  const present = z.array(z.unknown()).parse(await rest.get(route, { query: TRANSLATED }));
  return { route, wanted, isSame: isDeepStrictEqual(inOrder(present), inOrder(wanted)) };
}

/** Discord: where a command may be used is for global commands to say; a server's own are used in it. */
function withoutPlaces({
  contexts: _contexts,
  integration_types: _integrationTypes,
  ...others
}: RESTPostAPIApplicationCommandsJSONBody): RESTPostAPIApplicationCommandsJSONBody {
  return others;
}

const translations = z
  .record(z.string(), z.string())
  .nullish()
  .transform((map) => map ?? {});

const choice = z.object({
  name: z.string(),
  name_localizations: translations,
  value: z.union([z.string(), z.number()]),
});

const option = z.object({
  type: z.number(),
  name: z.string(),
  name_localizations: translations,
  description: z.string(),
  description_localizations: translations,
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  choices: z.array(choice).default([]),
  file_types: z.array(z.string()).default([]),
  channel_types: z
    .array(z.number())
    .nullish()
    .transform((list) => list?.toSorted() ?? []),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
  /** Of a subcommand; of a group, its subcommands. */
  get options() {
    return z.array(option).default([]);
  },
});

const command = z.object({
  name: z.string(),
  name_localizations: translations,
  type: z.number().default(1),
  description: z.string().default(''),
  description_localizations: translations,
  options: z.array(option).default([]),
  default_member_permissions: z
    .string()
    .nullish()
    .transform((permissions) => permissions ?? null),
  contexts: z
    .array(z.number())
    .nullish()
    .transform((list) => list?.toSorted() ?? null),
  integration_types: z
    .array(z.number())
    .default([0])
    .transform((list) => list.toSorted()),
});

/** What we say of commands, without ids, versions, what Discord fills in, and its order. */
function inOrder(raw: readonly unknown[]): (z.output<typeof command> | undefined)[] {
  const key = (entry: z.output<typeof command> | undefined) => `${entry?.name} ${entry?.type}`;
  return raw
    .map((entry) => command.safeParse(entry).data)
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
