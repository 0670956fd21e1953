import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ScriptedAnswer } from '../../simulator/seedance/faults.ts';
import { usualModels } from '../../simulator/seedance/models.ts';
import { MODEL_IDS } from '../../src/models.ts';
import type { Allowed } from '../../src/offer.ts';
import { Catalogue } from '../../src/seedance/catalogue.ts';
import { startService } from './service.ts';

const HOUR_MS = 3_600_000;

/** A catalogue of a simulated service, whose clock a test moves on. */
async function open(allowed: Partial<Allowed> = {}, callTimeoutMs = 30_000) {
  const { seedance, client: api } = await startService({}, { callTimeoutMs });
  const lines: { level: number; [field: string]: unknown }[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => lines.push(JSON.parse(line)) });
  let onSleep = (_ms: number): void => {};
  let wake = (): void => {};
  const clock = {
    monotonicMs: () => 0,
    now: () => 0,
    sleep: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve());
        onSleep(ms);
      }),
  };
  const catalogue = new Catalogue({
    api,
    allowed: { allowedModels: MODEL_IDS, ...allowed },
    clock,
    log,
  });
  let changes = 0;
  catalogue.onChange = () => {
    changes += 1;
  };
  let following: Promise<void> | undefined;
  onTestFinished(async () => {
    catalogue.stop();
    await following;
  });
  return {
    seedance,
    catalogue,
    lines,
    changes: () => changes,
    /** Lets it look once. @returns how long it then waits, in milliseconds */
    look: () =>
      new Promise<number>((resolve) => {
        onSleep = resolve;
        wake();
        following ??= catalogue.follow();
      }),
  };
}

const [best, fast, pro] = usualModels;

it('begins with the built-in table, and stays by it where it is told the same', async () => {
  const { catalogue, changes, lines, look } = await open();
  expect(catalogue.offer.models).toEqual(MODEL_IDS);
  expect(await look()).toBe(24 * HOUR_MS);
  expect(catalogue.offer.models).toEqual(MODEL_IDS);
  expect(changes()).toBe(0);
  expect(lines).toEqual([]);
});

it('follows what it is told, day by day, and says so once', async () => {
  const { catalogue, changes, lines, look, seedance } = await open();
  seedance.models = usualModels.slice(2);
  await look();
  await look();
  expect(catalogue.offer.models).toEqual(['seedance-1.5-pro']);
  expect(changes()).toBe(1);
  expect(lines).toMatchObject([{ changes: ['seedance-2.0 is gone', 'seedance-2.0-fast is gone'] }]);
  seedance.models = usualModels;
  await look();
  expect(catalogue.offer.models).toEqual(MODEL_IDS);
  expect(changes()).toBe(2);
});

it('lets the owner narrow what is widened', async () => {
  const { catalogue, look, seedance } = await open({
    allowedModels: ['seedance-2.0'],
    maxDurationSecs: 6,
    maxResolution: '720p',
  });
  const wide = { durations: [2, 5, 6, 20], resolutions: ['720p', '4k'], aspectRatios: ['21:9'] };
  seedance.models = usualModels.map((model) => ({ ...model, ...wide }));
  await look();
  const { offer } = catalogue;
  expect(offer.models).toEqual(['seedance-2.0']);
  expect(offer.durationsSecs()).toEqual([2, 5, 6]);
  expect(offer.resolutions()).toEqual(['720p']);
  expect(offer.aspectRatios()).toEqual(['21:9']);
});

describe('what can’t be read', () => {
  it.each<[string, ScriptedAnswer & { status: number }]>([
    ['HTML', { status: 200, html: '<h1>Welcome</h1>' }],
    ['nothing', { status: 200 }],
    ['a list of others', { status: 200, body: { success: true, data: [{ id: 'kling-3' }] } }],
    ['an error', { status: 200, body: { success: false, error: 'no' } }],
    ['401', { status: 401, body: { success: false, error: { code: 'unauthorized' } } }],
    ['500 with a list', { status: 500, body: { data: [{ id: 'seedance-2.0' }] } }],
    ['a redirect', { status: 302, headers: { location: '/api/open/v1/models' } }],
    ['two megabytes', { status: 200, body: { data: ['seedance-2.0', 'x'.repeat(2_000_000)] } }],
  ])('%s: what is offered stays, and it is asked again in an hour', async (_what, answer) => {
    const { catalogue, changes, lines, look, seedance } = await open();
    seedance.models = usualModels.slice(1);
    await look();
    seedance.faults.add({ route: 'models', do: answer });
    lines.length = 0;
    expect(await look()).toBe(HOUR_MS);
    expect(catalogue.offer.models).toEqual(['seedance-2.0-fast', 'seedance-1.5-pro']);
    expect(changes()).toBe(1);
    expect(lines).toMatchObject([{ level: 40, msg: expect.stringContaining('can’t be read') }]);
    expect(await look()).toBe(24 * HOUR_MS);
  });

  it.each(['hang', 'reset', 'truncate'] as const)('%s: the built-in table holds', async (fault) => {
    const { catalogue, lines, look, seedance } = await open({}, fault === 'hang' ? 100 : 30_000);
    seedance.models = usualModels.slice(1);
    seedance.faults.add({ route: 'models', do: fault });
    expect(await look()).toBe(HOUR_MS);
    expect(catalogue.offer.models).toEqual(MODEL_IDS);
    expect(lines).toMatchObject([{ level: 40, err: expect.anything() }]);
  });
});

describe('where nothing would be left to offer, the built-in table holds', () => {
  it.each<[string, Partial<Allowed>, object[]]>([
    ['all are out of order', {}, usualModels.map(({ id }) => ({ id, status: 'maintenance' }))],
    ['the owner allows others', { allowedModels: ['seedance-2.0'] }, [pro, fast]],
    ['all are too long', { maxDurationSecs: 5 }, [{ ...best, durations: [10, 20] }]],
    ['all are too sharp', { maxResolution: '480p' }, [{ ...best, resolutions: ['720p'] }]],
  ])('as %s', async (_why, allowed, data) => {
    const { catalogue, changes, lines, look, seedance } = await open(allowed);
    const before = catalogue.offer.models;
    seedance.faults.add({ route: 'models', do: { status: 200, body: { success: true, data } } });
    expect(await look()).toBe(HOUR_MS);
    expect(catalogue.offer.models).toEqual(before);
    expect(changes()).toBe(0);
    expect(lines).toMatchObject([{ level: 50, msg: expect.stringContaining('ALLOWED_MODELS') }]);
  });
});

it('names models that it does not know, and does not offer them', async () => {
  const { catalogue, lines, look, seedance } = await open();
  seedance.models = [...usualModels, { ...usualModels[0], id: 'seedance-3.0' }];
  expect(await look()).toBe(24 * HOUR_MS);
  expect(catalogue.offer.models).toEqual(MODEL_IDS);
  expect(lines).toMatchObject([{ level: 30, models: ['seedance-3.0'] }]);
});
