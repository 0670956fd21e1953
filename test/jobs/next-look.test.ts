import { describe, expect, it } from 'vitest';
import { ageByWhich, type EndTimes, endTimesOf } from '../../src/jobs/end-times.ts';
import { pauseBeforeLook, pauseBesidesCalls } from '../../src/jobs/next-look.ts';

const PACE = { minMs: 1000, maxMs: 15_000 };
const NOTHING = { succeeded: [], related: [], failed: [] };
const UNKNOWN = endTimesOf(NOTHING);
/** Two hundred seconds, give or take a tenth. */
const KNOWN = endTimesOf({
  ...NOTHING,
  succeeded: Array.from({ length: 50 }, (_, nth) => 180_000 + nth * 816),
});

/** The ages at which a task that runs on is looked at. */
function looks(endTimes: EndTimes, untilMs: number, pace = PACE): number[] {
  const ages: number[] = [];
  for (let age = 0; age < untilMs; ) {
    age += pauseBeforeLook(age, endTimes, pace);
    ages.push(age);
  }
  return ages;
}

const within = (ages: number[], from: number, to: number): number =>
  ages.filter((age) => age >= from && age < to).length;

describe('a pause', () => {
  it('is short where the end is likely, and as long as may be before', () => {
    const ages = looks(KNOWN, 300_000);
    expect(within(ages, 30_000, 150_000)).toBe(8);
    expect(within(ages, 180_000, 220_000)).toBeGreaterThan(20);
    expect(within(ages, 260_000, 300_000)).toBeLessThan(12);
  });

  it('never begins so long before a likely end that it sleeps through it', () => {
    for (let age = 150_000; age < 180_000; age += 1000) {
      const next = age + pauseBeforeLook(age, KNOWN, { minMs: 1000, maxMs: 3_600_000 });
      expect(next).toBeLessThan(188_000);
    }
  });

  it.each([
    ['unknown', UNKNOWN],
    ['known', KNOWN],
  ])('keeps to its bounds at every age of an %s kind', (_what, endTimes) => {
    for (const pace of [PACE, { minMs: 10, maxMs: 50 }, { minMs: 5000, maxMs: 5000 }]) {
      for (let age = 0; age < 8_000_000; age = age * 1.5 + 1) {
        const pause = pauseBeforeLook(age, endTimes, pace);
        expect(pause).toBeGreaterThanOrEqual(pace.minMs);
        expect(pause).toBeLessThanOrEqual(pace.maxMs);
        expect(Number.isInteger(pause)).toBe(true);
      }
    }
  });

  it('is a look’s price where the rate is even: √(2 w / h)', () => {
    // One wide component, far beyond its middle, ends at a rate of 1 / (scale · age).
    const even: EndTimes = [{ middle: Math.log(100_000), scale: 0.05, weight: 1 }];
    const age = 200_000;
    const rate = 1 / (0.05 * age);
    const expected = Math.sqrt((2 * 46) / rate);
    expect(pauseBeforeLook(age, even, { minMs: 1, maxMs: 1e6 })).toBeCloseTo(expected, -1);
  });

  it('is never so long that a refusal within seconds stays unseen while nothing is known', () => {
    expect(within(looks(UNKNOWN, 60_000), 0, 10_000)).toBeGreaterThanOrEqual(2);
  });
});

describe('a pause where the service calls', () => {
  it('lasts until nearly all such tasks have ended', () => {
    const overdue = ageByWhich(0.9, KNOWN);
    expect(overdue).toBeGreaterThan(210_000);
    expect(pauseBesidesCalls(0, KNOWN, PACE)).toBeCloseTo(overdue, -2);
    expect(100_000 + pauseBesidesCalls(100_000, KNOWN, PACE)).toBeCloseTo(overdue, -2);
  });

  it('is as without calls from then on', () => {
    for (const age of [ageByWhich(0.9, KNOWN) + 1, 400_000]) {
      expect(pauseBesidesCalls(age, KNOWN, PACE)).toBe(pauseBeforeLook(age, KNOWN, PACE));
    }
  });

  it('is minutes at the most while nothing is known', () => {
    expect(pauseBesidesCalls(0, UNKNOWN, PACE)).toBeLessThan(900_000);
  });
});
