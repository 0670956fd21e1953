import {
  ApplicationCommandOptionType,
  type Attachment,
  type ChatInputCommandInteraction,
} from 'discord.js';

interface Declaration {
  options: readonly { name: string; type: ApplicationCommandOptionType }[];
}

type ValueOf<Type> = Type extends ApplicationCommandOptionType.String
  ? string
  : Type extends ApplicationCommandOptionType.Integer | ApplicationCommandOptionType.Number
    ? number
    : Type extends ApplicationCommandOptionType.Boolean
      ? boolean
      : Type extends ApplicationCommandOptionType.Attachment
        ? Attachment
        : Type extends Mentioned
          ? string
          : never;

/** What stands for a person, a role or a channel is its id. */
type Mentioned =
  | ApplicationCommandOptionType.User
  | ApplicationCommandOptionType.Role
  | ApplicationCommandOptionType.Channel;

/** The values of the options of a command, or of the subcommand that was used, by the names and types that it declares. */
export type GivenValues<Declared extends Declaration> = {
  [Option in Declared['options'][number] as Option['name']]: ValueOf<Option['type']> | undefined;
};

/** Reads what a member gave. Anything may be missing or of another type: that reads as undefined. */
export function readOptions<const Declared extends Declaration>(
  interaction: ChatInputCommandInteraction,
  declaration: Declared,
): GivenValues<Declared> {
  const values = declaration.options.map(({ name, type }) => [
    name,
    readOne(interaction, name, type),
  ]);
  return Object.fromEntries(values) as GivenValues<Declared>;
}

function readOne(
  { options }: ChatInputCommandInteraction,
  name: string,
  type: ApplicationCommandOptionType,
): unknown {
  const given = options.get(name);
  if (given?.type !== type) return undefined;
  if (type === ApplicationCommandOptionType.Attachment) return given.attachment ?? undefined;
  return given.value;
}
