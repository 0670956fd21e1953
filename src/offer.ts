import {
  type Accepts,
  type AspectRatio,
  LONGEST_SECS,
  linesOf,
  MODEL_IDS,
  MODELS,
  type ModelId,
  type Resolution,
  together,
} from './models.ts';

/** What each model that there is accepts. */
export type ModelTable = Readonly<Partial<Record<ModelId, Accepts>>>;

/** What the owner allows. What is left out is as the models have it. */
export interface Allowed {
  allowedModels: readonly ModelId[];
  maxDurationSecs?: number | undefined;
  maxResolution?: Resolution | undefined;
}

/** What this bot offers: the models' own bounds, narrowed by its owner's settings. */
export interface Offer {
  models: readonly ModelId[];
  /** Of one model; of all together, where none is named. So with the next two. */
  durationsSecs(model?: ModelId): readonly number[];
  aspectRatios(model?: ModelId): readonly AspectRatio[];
  resolutions(model?: ModelId): readonly Resolution[];
  defaults: {
    model: ModelId;
    durationSecs(model: ModelId): number;
    aspectRatio(model: ModelId): AspectRatio;
    resolution(model: ModelId): Resolution;
  };
}

/**
 * Narrows the models to what the owner allows.
 * @throws {RangeError} if nothing at all would be left to offer
 */
export function offerOf(allowed: Allowed, table: ModelTable = MODELS): Offer {
  const offered = new Map<ModelId, Accepts>();
  for (const model of allowed.allowedModels) {
    const accepts = table[model] && narrow(table[model], allowed);
    if (accepts && accepts.durationsSecs.length > 0 && accepts.resolutions.length > 0) {
      offered.set(model, accepts);
    }
  }
  const [firstModel] = offered.keys();
  if (!firstModel) throw new RangeError('No model is left that makes what the owner allows');
  const all = together([...offered.values()]);
  const of = (model?: ModelId): Accepts => (model && offered.get(model)) ?? all;
  return {
    models: [...offered.keys()],
    durationsSecs: (model) => of(model).durationsSecs,
    aspectRatios: (model) => of(model).aspectRatios,
    resolutions: (model) => of(model).resolutions,
    defaults: {
      model: offered.has('seedance-2.0') ? 'seedance-2.0' : firstModel,
      durationSecs: (model) => usual(of(model).durationsSecs, 5),
      aspectRatio: (model) => usual(of(model).aspectRatios, '16:9'),
      resolution: (model) => usual(of(model).resolutions, '720p'),
    },
  };
}

/** @returns undefined if nothing at all would be left to offer */
export function offerOrNone(allowed: Allowed, table: ModelTable): Offer | undefined {
  try {
    return offerOf(allowed, table);
  } catch {
    return undefined;
  }
}

function narrow(accepts: Accepts, { maxDurationSecs = LONGEST_SECS, maxResolution }: Allowed) {
  const maxLines = maxResolution === undefined ? Number.POSITIVE_INFINITY : linesOf(maxResolution);
  const { aspectRatios, durationsSecs, resolutions } = accepts;
  return {
    durationsSecs: durationsSecs.filter((seconds) => seconds <= maxDurationSecs),
    aspectRatios,
    resolutions: resolutions.filter((resolution) => linesOf(resolution) <= maxLines),
  };
}

function usual<Value>(offered: readonly Value[], wanted: Value): Value {
  return offered.includes(wanted) ? wanted : (offered[0] ?? wanted);
}

/** How one offer differs from another, in one line for each difference. */
export function differences(before: Offer, after: Offer): string[] {
  return MODEL_IDS.flatMap((model) => {
    const isThere = after.models.includes(model);
    if (before.models.includes(model) !== isThere) {
      return [`${model} is ${isThere ? 'back' : 'gone'}`];
    }
    if (!isThere) return [];
    return (['durationsSecs', 'aspectRatios', 'resolutions'] as const)
      .map((part) => [part, before[part](model).join(' '), after[part](model).join(' ')] as const)
      .filter(([, was, is]) => was !== is)
      .map(([part, was, is]) => `${model} ${part}: ${is} (was ${was})`);
  });
}
