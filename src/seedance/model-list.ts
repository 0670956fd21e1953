import { type Accepts, MODEL_IDS, MODELS, type ModelId, together } from '../models.ts';
import type { ModelTable } from '../offer.ts';
import { fieldsOf, recordOf } from './fields.ts';
import { isTakenOut, saidIn } from './model-entry.ts';

/** What the answer to `GET /models` says. */
export interface ModelList {
  /** The models that there are, each with what it accepts. */
  table: ModelTable;
  /** Names of models that this version does not know, fit to be logged. */
  unknown: readonly string[];
}

const ENTRIES_MAX = 200;
const UNKNOWN_MAX = 10;
/** Discord: an option has 25 choices at the most. Three models with so many shapes each stay below. */
const SHAPES_MAX = 8;

const NAMES = ['id', 'model', 'modelid', 'modelname', 'name', 'slug', 'displayname'];

/**
 * Reads the answer to `GET /models`. The shape of an entry is not documented: whatever can't be read
 * is as the table in `models.ts` has it.
 * @returns undefined if it lists no model that this version knows
 */
export function readModelList(json: unknown): ModelList | undefined {
  const said = new Map<ModelId, Accepts[]>();
  const unknown = new Set<string>();
  for (const entry of entriesOf(json)) {
    const fields = fieldsOf(entry);
    const names = NAMES.map((name) => fields.get(name)).filter((name) => typeof name === 'string');
    const model = names.map(knownModel).find((id) => id !== undefined);
    if (!model) {
      const name = names.find((one) => /^[\w.:/ -]{1,60}$/.test(one));
      if (name && unknown.size < UNKNOWN_MAX) unknown.add(name);
      continue;
    }
    const known = said.get(model) ?? [];
    said.set(model, known);
    if (!isTakenOut(entry)) known.push(saidIn(fields, MODELS[model]));
  }
  if (said.size === 0) return undefined;
  const there = [...said].filter(([, all]) => all.length > 0);
  const table = Object.fromEntries(there.map(([model, all]) => [model, accepts(model, all)]));
  return { table, unknown: [...unknown] };
}

/** `{ data: [...] }` as documented, and its likely relatives. */
function entriesOf(json: unknown): unknown[] {
  const answer = recordOf(json);
  if (answer.success === false) return [];
  const data = answer.data ?? answer.models ?? json;
  const inner = recordOf(data);
  const lists: unknown[] = [data, inner.models, inner.items, inner.list];
  const list = lists.find((one) => Array.isArray(one));
  const entries = list ?? Object.entries(inner).map(([id, entry]) => ({ ...recordOf(entry), id }));
  return entries
    .slice(0, ENTRIES_MAX)
    .map((entry) => (typeof entry === 'string' ? { id: entry } : entry));
}

/** A model by its id, or by what is the same but for capitals and signs: "Seedance 2.0 Fast". */
function knownModel(name: string): ModelId | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const last = name.slice(0, 100).split('/').at(-1)?.trim() ?? '';
  return MODEL_IDS.find((id) => plain(id) === plain(last));
}

/** Of several entries for one model, each may add to what it accepts. */
function accepts(model: ModelId, entries: readonly Accepts[]): Accepts {
  const said = together(entries);
  const known = MODELS[model];
  return {
    durationsSecs: orElse(said.durationsSecs, known.durationsSecs),
    aspectRatios: orElse(said.aspectRatios.slice(0, SHAPES_MAX), known.aspectRatios),
    resolutions: orElse(said.resolutions.slice(0, SHAPES_MAX), known.resolutions),
  };
}

function orElse<Item>(said: readonly Item[], known: readonly Item[]): readonly Item[] {
  return said.length > 0 ? said : known;
}
