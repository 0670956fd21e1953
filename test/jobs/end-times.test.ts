import { describe, expect, it } from 'vitest';
import { ageByWhich, type EndTimes, endTimesOf, hazardAt } from '../../src/jobs/end-times.ts';

const NOTHING = { succeeded: [], related: [], failed: [] };
const SECOND = 1000;

/** Times around a middle, in seconds, that vary by a share of it: evenly, from one end to the other. */
function around(middleSecs: number, share: number, count = 50): number[] {
  return Array.from(
    { length: count },
    (_, nth) => middleSecs * SECOND * (1 + share * ((2 * nth) / (count - 1) - 1)),
  );
}

/** The chance to end within a stretch of time, from the rate alone. */
function chanceWithin(fromMs: number, toMs: number, endTimes: EndTimes): number {
  let sum = 0;
  for (let age = fromMs; age < toMs; age += 50) sum += 50 * hazardAt(age + 25, endTimes);
  return 1 - Math.exp(-sum);
}

describe('before anything is known', () => {
  const belief = endTimesOf(NOTHING);

  it('most videos are thought to take from half a minute to a quarter of an hour', () => {
    expect(chanceWithin(30_000, 900_000, belief)).toBeGreaterThan(0.85);
    expect(ageByWhich(0.95, belief)).toBeLessThan(900_000);
  });

  it('some are thought to be refused within seconds', () => {
    const early = chanceWithin(1, 15_000, belief);
    expect(early).toBeGreaterThan(0.1);
    expect(early).toBeLessThan(0.3);
  });

  it('what runs on for hours is thought to end at some time', () => {
    for (const age of [3.6e6, 8.64e7]) {
      expect(hazardAt(age, belief)).toBeGreaterThan(0);
      expect(hazardAt(age, belief)).toBeLessThan(hazardAt(age / 10, belief));
    }
  });
});

describe('once videos of the kind are known', () => {
  const known = endTimesOf({ ...NOTHING, succeeded: around(200, 0.1) });

  it('nearly all are thought to end when those did', () => {
    expect(chanceWithin(175_000, 225_000, known)).toBeGreaterThan(0.85);
    expect(chanceWithin(15_000, 150_000, known)).toBeLessThan(0.05);
  });

  it('the age by which a share has ended is where the rate says so', () => {
    for (const share of [0.2, 0.5, 0.9]) {
      const age = ageByWhich(share, known);
      expect(chanceWithin(1, age, known)).toBeCloseTo(share, 1);
    }
  });

  it('one that outlives them all is judged as if nothing were known', () => {
    const belief = endTimesOf(NOTHING);
    expect(hazardAt(900_000, known)).toBeCloseTo(hazardAt(900_000, belief), 6);
  });

  it('times that came in two groups are two, with little between them', () => {
    const two = endTimesOf({ ...NOTHING, succeeded: [...around(60, 0.05), ...around(300, 0.05)] });
    expect(hazardAt(60_000, two)).toBeGreaterThan(5 * hazardAt(150_000, two));
    expect(hazardAt(300_000, two)).toBeGreaterThan(5 * hazardAt(150_000, two));
  });

  it('a few that took far too long do not blur the rest', () => {
    const outliers = [...around(200, 0.1, 46), 9e6, 9e6, 9e6, 9e6];
    const blurred = endTimesOf({ ...NOTHING, succeeded: outliers });
    expect(chanceWithin(15_000, 150_000, blurred)).toBeLessThan(0.05);
  });

  it('the fewer are known, the less is thought to be sure', () => {
    const peaks = [1, 3, 10, 50].map((count) => {
      const times = count === 1 ? [200_000] : around(200, 0.1, count);
      const endTimes = endTimesOf({ ...NOTHING, succeeded: times });
      return chanceWithin(175_000, 225_000, endTimes);
    });
    expect(peaks).toEqual(peaks.toSorted((a, b) => a - b));
    expect(new Set(peaks).size).toBe(4);
  });
});

describe('related times', () => {
  const related = around(200, 0.1);

  it('say something where the kind itself is unknown, and less than its own', () => {
    const [by, own, none] = [
      endTimesOf({ ...NOTHING, related }),
      endTimesOf({ ...NOTHING, succeeded: related }),
      endTimesOf(NOTHING),
    ].map((endTimes) => chanceWithin(175_000, 225_000, endTimes));
    expect(by).toBeGreaterThan(1.5 * (none ?? 1));
    expect(own).toBeGreaterThan(1.5 * (by ?? 1));
  });

  it('say nothing any more once ten of the kind are known', () => {
    const succeeded = around(60, 0.1, 10);
    expect(endTimesOf({ ...NOTHING, succeeded, related })).toEqual(
      endTimesOf({ ...NOTHING, succeeded }),
    );
  });
});

it('failures are looked for when they came', () => {
  const succeeded = around(200, 0.1);
  const failed = around(40, 0.2, 10);
  const rate = (endTimes: EndTimes) => chanceWithin(30_000, 50_000, endTimes);
  expect(rate(endTimesOf({ ...NOTHING, succeeded, failed }))).toBeGreaterThan(0.1);
  expect(rate(endTimesOf({ ...NOTHING, succeeded }))).toBeLessThan(0.01);
});

it('as many failures as are remembered do not make few videos look overdue', () => {
  const succeeded = around(200, 0.1, 3);
  const failed = around(5, 0.5, 50);
  expect(ageByWhich(0.9, endTimesOf({ ...NOTHING, succeeded, failed }))).toBeGreaterThan(200_000);
});

it.each([[0], [-5], [1e-9], [1e15]])('a time of %s ms breaks nothing', (ms) => {
  const endTimes = endTimesOf({ succeeded: [ms], related: [ms], failed: [ms] });
  for (const age of [1e-3, 1, 1e5, 1e12, 1e300]) {
    expect(hazardAt(age, endTimes)).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(hazardAt(age, endTimes))).toBe(true);
  }
});
