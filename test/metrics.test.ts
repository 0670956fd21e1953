import { expect, test } from 'vitest';
import { Metrics, type Readings } from '../src/metrics.ts';
import { QUIET } from './readings.ts';
import { samplesIn } from './samples.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');

async function samplesOf(metrics: Metrics, readings: Partial<Readings> = {}) {
  const { text } = await metrics.exposition({ ...QUIET, ...readings });
  return samplesIn(text);
}

test('what may happen begins at 0, so that its first time is seen as an increase', async () => {
  const samples = await samplesOf(new Metrics(() => NOON));
  for (const name of [
    'jobs_ended_total{outcome="unconfirmed",cause=""}',
    'jobs_ended_total{outcome="succeeded",cause=""}',
    'jobs_ended_total{outcome="failed",cause="account"}',
    'credits_charged_total',
    'videos_undelivered_total',
    'discord_rate_limits_total{scope="global"}',
    'stage_duration_seconds_count{stage="generation"}',
    'acknowledgement_duration_seconds_count',
    'jobs{state="processing"}',
  ]) {
    expect(samples.get(name), name).toBe(0);
  }
});

test('what is read when somebody asks is what is so then, and not what was', async () => {
  const metrics = new Metrics(() => NOON);
  const first = await samplesOf(metrics, {
    jobs: [{ state: 'waiting' }, { state: 'waiting' }, { state: 'processing' }],
    line: Promise.resolve({ jobs: 3, since: NOON - 9000 }),
    isConnected: false,
    isStoreHealthy: false,
    isAccountRefused: true,
  });
  expect(first.get('jobs{state="waiting"}')).toBe(2);
  expect(first.get('jobs{state="processing"}')).toBe(1);
  expect(first.get('line_length')).toBe(3);
  expect(first.get('line_oldest_age_seconds')).toBe(9);
  expect(first.get('discord_connected')).toBe(0);
  expect(first.get('store_healthy')).toBe(0);
  expect(first.get('account_refused')).toBe(1);

  const second = await samplesOf(metrics);
  expect(second.get('jobs{state="waiting"}')).toBe(0);
  expect(second.get('line_length')).toBe(0);
  expect(second.get('line_oldest_age_seconds')).toBe(0);
  expect(second.get('discord_connected')).toBe(1);
  expect(second.get('store_healthy')).toBe(1);
  expect(second.get('account_refused')).toBe(0);
});

test('how long the line is nobody knows while the store fails, and all else is told', async () => {
  const line = Promise.reject(new Error('The store does not answer'));
  const samples = await samplesOf(new Metrics(() => NOON), { line });
  expect(samples.get('line_length')).toBeNaN();
  expect(samples.get('line_oldest_age_seconds')).toBeNaN();
  expect(samples.get('discord_connected')).toBe(1);
});

test('times are counted in seconds, and one that clocks made less than none is none', async () => {
  const metrics = new Metrics(() => NOON);
  metrics.stageTook('generation', 90_000);
  metrics.acknowledged(-5000);
  metrics.acknowledged(200);
  const samples = await samplesOf(metrics);
  expect(samples.get('stage_duration_seconds_sum{stage="generation"}')).toBe(90);
  expect(samples.get('stage_duration_seconds_bucket{le="60",stage="generation"}')).toBe(0);
  expect(samples.get('stage_duration_seconds_bucket{le="120",stage="generation"}')).toBe(1);
  expect(samples.get('acknowledgement_duration_seconds_sum')).toBe(0.2);
  expect(samples.get('acknowledgement_duration_seconds_count')).toBe(2);
});

test('the process is measured too', async () => {
  const { text } = await new Metrics(() => NOON).exposition(QUIET);
  for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_seconds']) {
    expect(text).toMatch(new RegExp(`^${name} `, 'm'));
  }
});
