import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { Metrics } from '../../src/metrics.ts';
import { QUIET } from '../readings.ts';
import { promtool, WITHOUT_PROMTOOL } from './promtool.ts';

const root = join(import.meta.dirname, '../..');
const RULES = join(root, 'deploy/prometheus/alerts.yml');

const schema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Seedance[A-Z]/),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({
            summary: z.string().regex(/^[A-Z].*[^.]$/),
            description: z.string().regex(/^[A-Z].*\.$/),
          }),
        }),
      ),
    }),
  ),
});
const rules = schema
  .parse(parse(readFileSync(RULES, 'utf8')))
  .groups.flatMap((group) => group.rules);

test('alerts ask only for metrics that there are', async () => {
  const { text } = await new Metrics(Date.now).exposition(QUIET);
  const there = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  for (const { alert, expr } of rules) {
    for (const [name] of expr.matchAll(/seedance_bot_\w+/g)) {
      expect(there, alert).toContain(name.replace(/_bucket$/, ''));
    }
  }
});

test('the README lists every alert, and no other', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const listed = [...readme.matchAll(/^\| `(Seedance[A-Z]\w+)` \|/gm)].map(([, name]) => name);
  expect(listed).toEqual(rules.map(({ alert }) => alert));
});

test.skipIf(WITHOUT_PROMTOOL).each([
  ['check', 'config', 'deploy/prometheus/prometheus.yml'],
  ['check', 'rules', 'deploy/prometheus/alerts.yml'],
  ['test', 'rules', 'test/deploy/alerts.test.yml'],
])('promtool %s %s %s', (verb, what, path) => {
  expect(promtool([verb, what, join(root, path)])).toBe('');
});

test('every alert is tested, by firing', () => {
  const tests = readFileSync(join(root, 'test/deploy/alerts.test.yml'), 'utf8');
  for (const { alert } of rules) expect(tests).toContain(`alertname="${alert}"`);
});
