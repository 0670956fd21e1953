import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandGroupOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
} from 'discord-api-types/v10';
import type { SentOption } from './command-options.ts';

const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;

/** A command as a member has typed it, down to the subcommand. */
export interface TypedCommand {
  command: APIApplicationCommand;
  /** The group and the subcommand, outermost first; none where the command has none. */
  parts: readonly CommandPart[];
  /** What it takes there. */
  options: readonly APIApplicationCommandOption[];
}

interface CommandPart {
  name: string;
  type: ApplicationCommandOptionType;
}

/** A group or a subcommand as the interaction carries it. */
interface SentPart extends CommandPart {
  options: readonly (SentPart | SentOption)[];
}

/** Says whether an option is a subcommand or a group of them. */
export function isPart(
  option: APIApplicationCommandOption,
): option is APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption {
  return option.type === Subcommand || option.type === SubcommandGroup;
}

/** Splits what is typed, as `video-admin limits`, into the command's name and the words behind it. */
export function splitTyped(typed: string): { name: string; words: string[] } {
  const [name = '', ...words] = typed.split(' ');
  return { name, words };
}

/**
 * Follows the words behind a command's name to its subcommand. Unless `raw`, throws where there is
 * none of that name, and where the command can only be used with one (docs: Subcommands).
 */
export function followWords(
  command: APIApplicationCommand,
  words: readonly string[],
  raw: boolean,
): TypedCommand {
  const parts: CommandPart[] = [];
  let options: readonly APIApplicationCommandOption[] = command.options ?? [];
  for (const [index, name] of words.entries()) {
    const found = options.filter(isPart).find((part) => part.name === name);
    if (found === undefined && !raw) throw new Error(`/${command.name} has no subcommand ${name}`);
    const forged = index < words.length - 1 ? SubcommandGroup : Subcommand;
    parts.push({ name, type: found?.type ?? forged });
    options = found?.options ?? [];
  }
  const further = options.find(isPart);
  if (further !== undefined && !raw) {
    throw new Error(`/${command.name} is used with a subcommand, as ${further.name}`);
  }
  return { command, parts, options };
}

/** Puts options into their group and subcommand, as the interaction carries them. */
export function nestOptions(
  parts: readonly CommandPart[],
  options: readonly SentOption[],
): readonly (SentPart | SentOption)[] {
  return parts.reduceRight<readonly (SentPart | SentOption)[]>(
    (inner, part) => [{ ...part, options: inner }],
    options,
  );
}
