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
        : never;

/** The values of a command's options, by the names and types that it declares. */
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
