import {
  type APIApplicationCommandOption,
  type APIAttachment,
  ApplicationCommandOptionType,
} from 'discord-api-types/v10';
import type { TypedCommand } from './command-path.ts';
import { type SimFile, uploadForOption } from './upload-option.ts';
import type { World } from './world.ts';

/** What a member may fill an option with: people, roles and channels by their ids. */
export type OptionValue = string | number | boolean | SimFile;

/** An option as the interaction carries it. */
export interface SentOption {
  name: string;
  type: ApplicationCommandOptionType;
  value: string | number | boolean;
  focused?: true;
}

/**
 * Types option values as the command declares them and uploads files. Unless `raw`, throws for
 * what a real client would not send: undeclared or missing options, choices not offered, values out
 * of bounds. `partial` allows missing ones, as autocomplete does.
 */
export function fillOptions(
  world: World,
  { command, options: declared }: TypedCommand,
  values: Record<string, OptionValue>,
  how: { raw: boolean; partial: boolean },
): { options: SentOption[]; attachments: Record<string, APIAttachment> } {
  if (!how.raw && !how.partial) refuseMissing(declared, values);
  const attachments: Record<string, APIAttachment> = {};
  const options = Object.entries(values).map(([name, value]): SentOption => {
    const option = declared.find((one) => one.name === name);
    if (option === undefined && !how.raw) throw new Error(`/${command.name} has no ${name}`);
    if (option !== undefined && !how.raw && !how.partial) refuseUnfit(option, value);
    if (typeof value !== 'object') return { name, type: option?.type ?? typeOf(value), value };
    const attachment = uploadForOption(world, value);
    attachments[attachment.id] = attachment;
    return { name, type: ApplicationCommandOptionType.Attachment, value: attachment.id };
  });
  return { options, attachments };
}

function refuseMissing(
  declared: readonly APIApplicationCommandOption[],
  values: Record<string, OptionValue>,
): void {
  const missing = declared.find((option) => option.required === true && !(option.name in values));
  if (missing !== undefined) throw new Error(`the required option ${missing.name} is missing`);
}

function refuseUnfit(option: APIApplicationCommandOption, value: OptionValue): void {
  const fits = typeFits(option.type, value);
  if (!fits) throw new Error(`${option.name} takes no ${typeof value}`);
  if ('choices' in option && option.choices && option.choices.length > 0) {
    const offered = option.choices.some((choice) => choice.value === value);
    if (!offered) throw new Error(`${option.name} does not offer ${value}`);
  }
  if (typeof value === 'number' && 'min_value' in option && value < (option.min_value ?? value)) {
    throw new Error(`${option.name} is at least ${option.min_value}`);
  }
  if (typeof value === 'number' && 'max_value' in option && value > (option.max_value ?? value)) {
    throw new Error(`${option.name} is at most ${option.max_value}`);
  }
  if (typeof value !== 'string' || option.type !== ApplicationCommandOptionType.String) return;
  if (value.length > (option.max_length ?? 6000) || value.length < (option.min_length ?? 0)) {
    throw new Error(`${option.name} does not take ${value.length} characters`);
  }
}

function typeFits(type: ApplicationCommandOptionType, value: OptionValue): boolean {
  switch (type) {
    case ApplicationCommandOptionType.Attachment:
      return typeof value === 'object';
    case ApplicationCommandOptionType.Boolean:
      return typeof value === 'boolean';
    case ApplicationCommandOptionType.Integer:
      return Number.isInteger(value);
    case ApplicationCommandOptionType.Number:
      return typeof value === 'number';
    default:
      return typeof value === 'string';
  }
}

function typeOf(value: string | number | boolean): ApplicationCommandOptionType {
  if (typeof value === 'string') return ApplicationCommandOptionType.String;
  if (typeof value === 'boolean') return ApplicationCommandOptionType.Boolean;
  return ApplicationCommandOptionType.Integer;
}
