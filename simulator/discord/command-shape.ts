import { isDeepStrictEqual } from 'node:util';
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { invalidForm } from './api-error.ts';
import { isObject } from './published.ts';
import type { World } from './world.ts';

type AskedCommand = RESTPutAPIApplicationCommandsJSONBody[number];

const MAX_CHARACTERS = 8000;
const CHAT_INPUT_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Refuses (50035) commands that break a rule the published schema does not state. */
export function checkCommands(commands: readonly AskedCommand[]): void {
  const keys = commands.map((command) => `${command.type ?? 1} ${command.name}`);
  if (new Set(keys).size < keys.length) throw invalidForm('two commands of one name');
  for (const command of commands) checkCommand(command);
}

function checkCommand(command: AskedCommand): void {
  if (characters(command) > MAX_CHARACTERS) throw invalidForm('over 8000 characters in a command');
  if ((command.type ?? ApplicationCommandType.ChatInput) !== ApplicationCommandType.ChatInput)
    return;
  checkName(command.name);
  if (!('description' in command) || !command.description) {
    throw invalidForm(`${command.name}: a chat command needs a description`);
  }
  if ('options' in command) checkOptions(command.options ?? []);
}

function checkOptions(options: readonly APIApplicationCommandOption[]): void {
  const names = options.map((option) => option.name);
  if (new Set(names).size < names.length) throw invalidForm('two options of one name');
  const firstOptional = options.findIndex((option) => !option.required);
  const lastRequired = options.findLastIndex((option) => option.required === true);
  if (firstOptional >= 0 && lastRequired > firstOptional) {
    throw invalidForm('required options come before optional ones');
  }
  for (const option of options) {
    checkName(option.name);
    if ('options' in option) checkOptions(option.options ?? []);
    if (!('autocomplete' in option) || option.autocomplete !== true) continue;
    if ('choices' in option && (option.choices ?? []).length > 0) {
      throw invalidForm(`${option.name}: autocomplete and choices exclude each other`);
    }
  }
}

function checkName(name: string): void {
  if (!CHAT_INPUT_NAME.test(name) || name !== name.toLowerCase()) {
    throw invalidForm(`${name} is no name for a command or option`);
  }
}

/** Counts what Discord counts: names, descriptions and choice values, longest localisation. */
function characters(part: object): number {
  let sum = 0;
  for (const [key, value] of Object.entries(part)) {
    if (key === 'name' || key === 'description') sum += longest(part, key, value);
    else if (key === 'value') sum += String(value).length;
    else if (key === 'options' || key === 'choices') {
      for (const inner of Array.isArray(value) ? value : []) sum += characters(inner);
    }
  }
  return sum;
}

function longest(part: object, key: string, own: unknown): number {
  const localized: unknown = new Map(Object.entries(part)).get(`${key}_localizations`);
  const texts = isObject(localized) ? Object.values(localized) : [];
  return Math.max(...[own, ...texts].map((text) => String(text ?? '').length));
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
  return {
    ...rest,
    name_localizations: option.name_localizations ?? null,
    description_localizations: option.description_localizations ?? null,
    ...(required === true && { required }),
  };
}

/** Gives a command without its dictionaries, as a GET without `with_localizations` does. */
export function withoutLocalizations(command: APIApplicationCommand): APIApplicationCommand {
  const { name_localizations: _names, description_localizations: _texts, ...rest } = command;
  const options = command.options?.map((option) => {
    const { name_localizations: _name, description_localizations: _text, ...plain } = option;
    return plain;
  });
  return options === undefined ? rest : { ...rest, options };
}
