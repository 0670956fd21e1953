import { isDeepStrictEqual } from 'node:util';
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { invalidForm } from './api-error.ts';
import {
  checkDistinct,
  checkLocales,
  checkNames,
  type Localizable,
  longest,
} from './command-localization.ts';
import { isPart } from './command-path.ts';
import type { World } from './world.ts';

type AskedCommand = RESTPutAPIApplicationCommandsJSONBody[number];

const MAX_CHARACTERS = 8000;
/** Docs: Application Command Option Choice Structure; the schema allows 6000. */
const MAX_CHOICE_VALUE = 100;

/** Refuses (50035) commands that break a rule the published schema does not state. */
export function checkCommands(commands: readonly AskedCommand[]): void {
  const keys = commands.map((command) => `${command.type ?? 1} ${command.name}`);
  if (new Set(keys).size < keys.length) throw invalidForm('two commands of one name');
  for (const command of commands) checkCommand(command);
}

function checkCommand(command: AskedCommand): void {
  if (characters(command) > MAX_CHARACTERS) throw invalidForm('over 8000 characters in a command');
  checkLocales(command);
  const description = 'description' in command ? command.description : undefined;
  const options = 'options' in command ? (command.options ?? []) : [];
  if ((command.type ?? ApplicationCommandType.ChatInput) !== ApplicationCommandType.ChatInput) {
    if (description) throw invalidForm(`${command.name}: only chat commands have a description`);
    if (options.length > 0) throw invalidForm(`${command.name}: only chat commands have options`);
    return;
  }
  checkNames(command);
  if (!description) throw invalidForm(`${command.name}: a chat command needs a description`);
  checkOptions(options);
}

function checkOptions(options: readonly APIApplicationCommandOption[]): void {
  checkDistinct(options);
  checkUnmixed(options);
  const firstOptional = options.findIndex((option) => !option.required);
  const lastRequired = options.findLastIndex((option) => option.required === true);
  if (firstOptional >= 0 && lastRequired > firstOptional) {
    throw invalidForm('required options come before optional ones');
  }
  for (const option of options) {
    checkNames(option);
    checkLocales(option);
    if ('options' in option) checkOptions(option.options ?? []);
    const choices = 'choices' in option ? (option.choices ?? []) : [];
    checkChoices(choices);
    if (choices.length > 0 && 'autocomplete' in option && option.autocomplete === true) {
      throw invalidForm(`${option.name}: autocomplete and choices exclude each other`);
    }
  }
}

/** Refuses (50035) options beside subcommands: such a command cannot be used itself (docs: Subcommands). */
function checkUnmixed(options: readonly APIApplicationCommandOption[]): void {
  const parts = options.filter(isPart);
  if (parts.length > 0 && parts.length < options.length) {
    throw invalidForm('subcommands and groups of them exclude all other types of options');
  }
}

/** Refuses (50035) choices that break a rule the published schema does not state. */
export function checkChoices(choices: readonly APIApplicationCommandOptionChoice[]): void {
  for (const choice of choices) {
    checkLocales(choice);
    if (String(choice.value).length > MAX_CHOICE_VALUE) {
      throw invalidForm(`the value of choice ${choice.name} is over ${MAX_CHOICE_VALUE}`);
    }
  }
}

/** Counts what Discord counts: names, descriptions and choice values, each in its longest language. */
function characters(part: Countable): number {
  const inner = [...(part.options ?? []), ...(part.choices ?? [])];
  return (
    longest(part.name, part.name_localizations) +
    longest(part.description, part.description_localizations) +
    String(part.value ?? '').length +
    inner.reduce((sum, one) => sum + characters(one), 0)
  );
}

interface Countable extends Localizable {
  value?: string | number;
  options?: readonly Countable[];
  choices?: readonly Countable[];
}

/**
 * Gives a command as Discord stores it: with id, version and defaults. A command that was there
 * before keeps its id, and its version too when nothing changed.
 */
export function normalizeCommand(
  world: World,
  asked: AskedCommand,
  before: readonly APIApplicationCommand[],
  scope: string,
): APIApplicationCommand {
  const type = asked.type ?? ApplicationCommandType.ChatInput;
  const old = before.find((known) => known.type === type && known.name === asked.name);
  const options = 'options' in asked ? (asked.options ?? []).map(normalizeOption) : [];
  const description = 'description' in asked ? asked.description : '';
  const stored = {
    application_id: world.applicationId,
    id: old?.id ?? world.newId(),
    version: old?.version ?? world.newId(),
    default_member_permissions: permissionsText(asked.default_member_permissions),
    type,
    name: asked.name,
    name_localizations: asked.name_localizations ?? null,
    description: description ?? '',
    description_localizations: asked.description_localizations ?? null,
    contexts: asked.contexts ?? null,
    integration_types: asked.integration_types ?? [ApplicationIntegrationType.GuildInstall],
    nsfw: asked.nsfw ?? false,
    ...(scope === 'global' ? { dm_permission: true } : { guild_id: scope }),
    ...(options.length > 0 && { options }),
  };
  if (old !== undefined && isDeepStrictEqual(stored, old)) return old;
  return { ...stored, version: world.newId() };
}

function permissionsText(permissions: string | number | null | undefined): string | null {
  return permissions === null || permissions === undefined ? null : String(permissions);
}

function normalizeOption(option: APIApplicationCommandOption): APIApplicationCommandOption {
  const { required, ...rest } = option;
  const choices = 'choices' in option ? option.choices : undefined;
  const inner = isPart(option) ? option.options : undefined;
  return Object.assign(rest, {
    name_localizations: option.name_localizations ?? null,
    description_localizations: option.description_localizations ?? null,
    ...(required === true && { required }),
    ...(choices !== undefined && { choices: choices.map(normalizeChoice) }),
    ...(inner !== undefined && { options: inner.map(normalizeOption) }),
  });
}

function normalizeChoice(choice: APIApplicationCommandOptionChoice) {
  return { ...choice, name_localizations: choice.name_localizations ?? null };
}
