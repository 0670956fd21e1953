import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { SeenOption } from '../discord/seen-command.ts';
import type { SentFile } from '../page-protocol/asked.ts';
import { type PickedFile, sentFile } from './files.ts';

/** What stands in the field of an option: text, or a file. */
export type FieldValue = string | PickedFile;

const {
  Attachment,
  Boolean: YesNo,
  Integer,
  Number: Decimal,
  String: Text,
} = ApplicationCommandOptionType;

/** Whether an option takes a file. */
export function takesFile({ type }: SeenOption): boolean {
  return type === Attachment;
}

/** Whether it takes words of one's own. */
export function takesText({ type, choices }: SeenOption): boolean {
  return type === Text && choices.length === 0;
}

/** Whether it takes yes or no. */
export function takesYesNo({ type }: SeenOption): boolean {
  return type === YesNo;
}

/** What is sent of what stands in a field; undefined where nothing stands there. @throws if it does not fit */
export async function sentValue(
  { type, shownName }: SeenOption,
  value: FieldValue | undefined,
): Promise<string | number | boolean | SentFile | undefined> {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') return sentFile(value);
  if (type === YesNo) return value === 'true';
  if (type !== Integer && type !== Decimal) return value;
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  throw new Error(`${shownName} takes a number`);
}
