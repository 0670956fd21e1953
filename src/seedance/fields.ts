import * as z from 'zod';

/** The fields of an entry, by their names in small letters without signs: `minduration`. */
export type Fields = ReadonlyMap<string, unknown>;

const FIELDS_MAX = 200;
const ITEMS_MAX = 200;
const TEXT_MAX = 1000;

/** Where an entry may keep the fields that matter here. */
const FOLDERS =
  /^(parameters|params|capabilities|limits|constraints|options|supports|supported|features|specs?)$/;
const LIST = /^(values|options|enum|allowed|supported|items|list)$/;
const SINGLE = /^(value|id|name|seconds|duration|ratio|resolution)$/;

const record = z.record(z.string(), z.unknown()).catch({});

/** An object, as what stands under its keys; nothing of whatever else it is. */
export function recordOf(value: unknown): Record<string, unknown> {
  return record.parse(value);
}

/** What an entry has, itself and one level down in its `parameters`, `capabilities` and the like. */
export function fieldsOf(entry: unknown): Fields {
  const own = plainly(entry);
  const folders = own.filter(([name]) => FOLDERS.test(name)).flatMap(([, inner]) => plainly(inner));
  return new Map([...folders, ...own]);
}

/** The fields of one object, by their plain names. */
export function plainly(value: unknown): [name: string, value: unknown][] {
  return Object.entries(recordOf(value))
    .slice(0, FIELDS_MAX)
    .map(([name, inner]) => [name.toLowerCase().replace(/[^a-z]/g, ''), inner]);
}

/** A list, however it is written. A value alone may be a default, and says nothing. */
export function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map(itself);
  if (typeof value === 'string') {
    const parts = value.slice(0, TEXT_MAX).split(/[,;|]/);
    return parts.length > 1 ? parts : [];
  }
  const fields = plainly(value);
  const list = fields.find(([name, inner]) => LIST.test(name) && Array.isArray(inner));
  if (list) return itemsOf(list[1]);
  return Object.entries(recordOf(value))
    .slice(0, ITEMS_MAX)
    .filter(([, isThere]) => isThere !== false)
    .map(([name]) => name);
}

/** What an item of a list is: `5`, or `{ "value": 5 }`. */
function itself(item: unknown): unknown {
  return plainly(item).find(([name]) => SINGLE.test(name))?.[1] ?? item;
}
