import { describe, expect, it } from 'vitest';
import { MODELS, range } from '../../src/models.ts';
import { readModelList } from '../../src/seedance/model-list.ts';

const USUAL = MODELS['seedance-2.0'];
const PRO = MODELS['seedance-1.5-pro'];

/** What is read of one entry for Seedance 2.0. */
function read(entry: object, id = 'seedance-2.0') {
  const list = readModelList({ success: true, data: [{ id, ...entry }] });
  return list?.table['seedance-2.0'] ?? list?.table['seedance-1.5-pro'];
}

describe('the models of a list are found', () => {
  const entry = { id: 'seedance-2.0', durations: [6] };

  it.each([
    ['as documented', { success: true, data: [entry] }],
    ['without a word on success', { data: [entry] }],
    ['as models', { models: [entry] }],
    ['one level down', { success: true, data: { models: [entry] } }],
    ['as items', { data: { items: [entry], total: 1 } }],
    ['as a bare list', [entry]],
    ['under their ids', { success: true, data: { 'seedance-2.0': { durations: [6] } } }],
  ])('%s', (_what, json) => {
    expect(readModelList(json)?.table).toMatchObject({ 'seedance-2.0': { durationsSecs: [6] } });
  });

  it.each([
    { id: 'seedance-2.0' },
    { model: 'seedance-2.0' },
    { name: 'seedance-2.0' },
    { id: 17, model: 'seedance-2.0' },
    { id: 'm_17', displayName: 'Seedance 2.0' },
    { model_id: 'bytedance/seedance-2.0' },
    { id: 'SEEDANCE_2.0' },
  ])('by %j', (names) => {
    expect(readModelList({ data: [names] })?.table).toEqual({
      'seedance-2.0': {
        durationsSecs: USUAL.durationsSecs,
        aspectRatios: USUAL.aspectRatios,
        resolutions: USUAL.resolutions,
      },
    });
  });

  it('by name alone', () => {
    const list = readModelList({ data: ['seedance-2.0', 'seedance-1.5-pro'] });
    expect(Object.keys(list?.table ?? {})).toEqual(['seedance-2.0', 'seedance-1.5-pro']);
  });

  it('and those that we do not know are named, as far as they can be logged', () => {
    const strangers = Array.from({ length: 50 }, (_, n) => ({ id: `seedance-${n + 3}.0` }));
    const odd = [{ id: 'x'.repeat(5000) }, { id: '<@1>\n' }, { id: 5 }, {}, null, 'kling-3'];
    const list = readModelList({ data: [entry, ...odd, ...strangers] });
    expect(list?.unknown).toHaveLength(10);
    expect(list?.unknown.slice(0, 2)).toEqual(['kling-3', 'seedance-3.0']);
  });
});

describe('durations are read', () => {
  it.each<[object, readonly number[]]>([
    [{ durations: [5, 10] }, [5, 10]],
    [{ durations: [10, 5, 10] }, [5, 10]],
    [{ durations: ['5', '10s', ' 12 sec ', '8 seconds'] }, [5, 8, 10, 12]],
    [{ duration: { min: 2, max: 20 } }, range(2, 20)],
    [{ duration: { minimum: 4, maximum: 12, type: 'integer', default: 5 } }, range(4, 12)],
    [{ duration: { min: 4, max: 12, step: 4 } }, [4, 8, 12]],
    [{ duration: { min: 4, max: 12, enum: [4, 6] } }, [4, 6]],
    [{ minDuration: 2, maxDuration: 20 }, range(2, 20)],
    [{ min_duration_seconds: '4s', max_duration_seconds: '8s' }, range(4, 8)],
    [{ durationMin: 6, durationMax: 7 }, [6, 7]],
    [{ maxDuration: 20 }, range(4, 20)],
    [{ duration: '4-8s' }, range(4, 8)],
    [{ duration: '4 – 8' }, range(4, 8)],
    [{ duration: '5, 10' }, [5, 10]],
    [{ durations: ['4-6', '10'] }, [4, 5, 6, 10]],
    [{ durationRange: [3, 9] }, range(3, 9)],
    [{ duration_options: [{ value: 5, label: '5 s' }, { seconds: 8 }] }, [5, 8]],
    [{ supportedDurations: { values: [5, 6] } }, [5, 6]],
    [{ durations: { 5: { credits: 40 }, 10: {}, 15: false } }, [5, 10]],
    [{ parameters: { duration: { min: 5, max: 6 } } }, [5, 6]],
    [{ capabilities: { durations: [7] }, duration: 5 }, [7]],
    [{ durations: [5, -1, 'auto', 4.5, 900, null, [], {}, 10] }, [5, 10]],
    [{ duration: { min: 0, max: 20 } }, USUAL.durationsSecs],
    [{ duration: { min: 3, max: 500 } }, range(3, 60)],
    [{ duration: 5 }, USUAL.durationsSecs],
    [{ duration: '5s' }, USUAL.durationsSecs],
    [{ durations: [] }, USUAL.durationsSecs],
    [{ durations: [5000, 10_000] }, USUAL.durationsSecs],
    [{ durations: 'any' }, USUAL.durationsSecs],
    [{ duration: { min: 9, max: 3 } }, USUAL.durationsSecs],
    [{ duration: { min: 'a', max: {} } }, USUAL.durationsSecs],
    [{ limits: { min: 1, max: 3 } }, USUAL.durationsSecs],
  ])('%j', (entry, seconds) => {
    expect(read(entry)?.durationsSecs).toEqual(seconds);
  });

  it.each<[object, readonly number[]]>([
    [{ duration: { min: 5, max: 10 } }, [5, 10]],
    [{ maxDuration: 12 }, [5, 10]],
    [{ maxDuration: 9 }, [5]],
    [{ duration: { min: 4, max: 12 } }, range(4, 12)],
    [{ durations: [5, 10, 15] }, [5, 10, 15]],
  ])('of a model with gaps: %j', (entry, seconds) => {
    expect(read(entry, 'seedance-1.5-pro')?.durationsSecs).toEqual(seconds);
  });
});

describe('shapes and resolutions are read', () => {
  it.each<[object, readonly string[]]>([
    [{ aspectRatios: ['9:16', '16:9'] }, ['16:9', '9:16']],
    [{ aspect_ratios: ['1:1'] }, ['1:1']],
    [{ ratios: ['21:9', '16:9', 'adaptive'] }, ['16:9', '21:9']],
    [{ supported_aspect_ratios: [{ value: '3:4', label: 'Tall' }] }, ['3:4']],
    [{ aspectRatio: { type: 'string', enum: ['16:9', '4:3'] } }, ['16:9', '4:3']],
    [{ aspectRatio: '16:9' }, USUAL.aspectRatios],
    [{ aspectRatio: '16:9, 9:16' }, ['16:9', '9:16']],
    [{ aspectRatios: ['0:1', '1:0', '16-9', '100:1', '1:1:1', 16] }, USUAL.aspectRatios],
    [{ aspectRatios: range(1, 99).map((n) => `${n}:7`) }, range(1, 99).map((n) => `${n}:7`)],
  ])('%j', (entry, ratios) => {
    const found = read(entry)?.aspectRatios ?? [];
    expect(ratios).toEqual(expect.arrayContaining([...found]));
    expect(found).toHaveLength(Math.min(8, ratios.length));
  });

  it.each<[object, readonly string[]]>([
    [{ resolutions: ['720p', '480p'] }, ['480p', '720p']],
    [{ resolution: ['1080P', '4K', '720'] }, ['1080p', '4K']],
    [{ resolutions: [480, 720] }, ['480p', '720p']],
    [{ resolutions: { '480p': 4, '720p': 8, '1080p': false } }, ['480p', '720p']],
    [{ supportedResolutions: '480p|1440p' }, ['480p', '1440p']],
    [{ resolution: '720p' }, USUAL.resolutions],
    [{ resolutions: ['1920x1080', 'hd', ''] }, USUAL.resolutions],
    [{ pricing: { resolutions: ['480p'] } }, USUAL.resolutions],
  ])('%j', (entry, resolutions) => {
    expect(read(entry)?.resolutions).toEqual(resolutions);
  });
});

describe('a model is taken out', () => {
  it.each([
    { available: false },
    { available: 'false' },
    { is_available: 0 },
    { enabled: false },
    { isActive: false },
    { disabled: true },
    { status: 'disabled' },
    { status: 'Maintenance' },
    { status: 'coming_soon' },
    { state: 'offline' },
  ])('by %j', (entry) => {
    const data = [{ id: 'seedance-2.0', ...entry }, { id: 'seedance-1.5-pro' }];
    expect(Object.keys(readModelList({ data })?.table ?? {})).toEqual(['seedance-1.5-pro']);
  });

  it('where the list does not have it, or only others', () => {
    const data = [{ id: 'seedance-1.5-pro' }];
    expect(Object.keys(readModelList({ data })?.table ?? {})).toEqual(['seedance-1.5-pro']);
  });

  it.each([
    { available: true },
    { enabled: null },
    { status: 'active' },
    { status: 'deprecated' },
    { status: { toString: 'disabled' } },
    { features: { enabled: false } },
  ])('but not by %j', (entry) => {
    expect(read(entry)).toMatchObject({ durationsSecs: USUAL.durationsSecs });
  });

  it('but not while another entry has it: then what both accept counts', () => {
    const data = [
      { id: 'seedance-2.0', mode: 'text', durations: [5] },
      { id: 'seedance-2.0', mode: 'image', durations: [8], resolutions: ['480p'] },
      { id: 'seedance-2.0', mode: 'video', available: false, durations: [9] },
    ];
    expect(readModelList({ data })?.table['seedance-2.0']).toEqual({
      durationsSecs: [5, 8],
      aspectRatios: USUAL.aspectRatios,
      resolutions: ['480p'],
    });
  });
});

describe('what is no list of models is none', () => {
  it.each([
    [undefined],
    [null],
    [17],
    ['seedance-2.0'],
    [{}],
    [[]],
    [{ success: true, data: null }],
    [{ success: true, data: [] }],
    [{ success: true, data: [{ id: 'kling-3' }] }],
    [{ success: false, data: [{ id: 'seedance-2.0' }] }],
    [{ success: false, error: { code: 'unauthorized', message: 'Invalid API key' } }],
    [{ data: [{ id: '__proto__' }, { id: 'constructor' }, { id: 'toString' }] }],
    [JSON.parse('{ "data": { "__proto__": { "id": "seedance-2.0" } } }')],
  ])('%j', (json) => {
    expect(readModelList(json)).toBeUndefined();
  });
});

describe('what nobody should send does no harm', () => {
  const nested = (depth: number) =>
    JSON.parse(`${'{"duration":['.repeat(depth)}5${']}'.repeat(depth)}`);

  it.each<[string, object]>([
    ['a deep entry', nested(2000)],
    ['deep lengths', { durations: JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) }],
    ['a hundred thousand lengths', { durations: Array(100_000).fill('5-6-7') }],
    [
      'a hundred thousand fields',
      Object.fromEntries(range(1, 1e5).map((n) => [`duration${n}`, n])),
    ],
    ['a long text', { duration: `5${' '.repeat(500_000)}x`, resolutions: ' '.repeat(500_000) }],
    ['many dashes', { durations: ['-'.repeat(500_000), `5-${' '.repeat(500_000)}5x`] }],
    [
      'names of the prototype',
      JSON.parse('{ "__proto__": { "durations": [9] }, "constructor": 5 }'),
    ],
    [
      'fields that hide methods',
      { toString: 1, valueOf: 2, status: { toString: 1 }, hasOwnProperty: 3 },
    ],
  ])('%s', (_what, entry) => {
    expect(read(entry)).toMatchObject({ resolutions: USUAL.resolutions });
    expect(Object.getPrototypeOf(read(entry))).toBe(Object.prototype);
  });

  it('a list without end', () => {
    const data = [...Array(10_000).fill({ id: 'other' }), { id: 'seedance-2.0' }];
    expect(readModelList({ data })).toBeUndefined();
  });

  it('anything at all: what is read can be offered', () => {
    const odd: unknown[] = [null, true, false, 0, -1, 5, 1e300, '', '5s', '16:9', '4k', [], {}];
    const names = [
      'id',
      'durations',
      'duration',
      'aspectRatios',
      'resolution',
      'status',
      'options',
    ];
    const inner = odd.flatMap((one) => [one, [one, 7], { min: one, max: 9 }, { values: [one] }]);
    for (const name of names) {
      for (const value of inner) {
        const entry = read({ model: 'seedance-1.5-pro', [name]: value }, 'seedance-1.5-pro');
        expect(entry?.durationsSecs.every((n) => Number.isInteger(n) && n >= 1 && n <= 60)).toBe(
          true,
        );
        expect(entry?.durationsSecs.length).toBeGreaterThan(0);
        expect(entry?.aspectRatios.length).toBeGreaterThan(0);
        expect(entry?.resolutions.length).toBeGreaterThan(0);
      }
    }
    expect(read({}, 'seedance-1.5-pro')).toMatchObject({ durationsSecs: PRO.durationsSecs });
  });
});
