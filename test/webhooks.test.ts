import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Webhooks } from '../src/webhooks.ts';

const KEY = Buffer.alloc(32, 1);
const JOB = '1441863222345678901';

function setUp(key = KEY) {
  const webhooks = new Webhooks('https://bot.example/seedance', key);
  const calls: string[] = [];
  webhooks.onCall = (jobId) => calls.push(jobId);
  return { webhooks, calls };
}

/** The part of a job's address that its call is heard by. */
function nameOf(webhooks: Webhooks, jobId: string): string {
  return webhooks.urlOf(jobId).split('/').at(-1) ?? '';
}

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
});

test('each job has an address of its own, which the next process knows as well', () => {
  const { webhooks } = setUp();
  expect(webhooks.urlOf(JOB)).toMatch(
    new RegExp(`^https://bot\\.example/seedance/webhooks/${JOB}\\.[\\w-]{43}$`),
  );
  const urls = Array.from({ length: 100 }, (_, index) => webhooks.urlOf(String(index)));
  const codes = new Set(urls.map((url) => url.split('.').at(-1)));
  expect(codes.size).toBe(100);
  const { webhooks: next, calls } = setUp();
  expect(next.hear(nameOf(webhooks, JOB))).toBe(true);
  expect(calls).toEqual([JOB]);
});

test('an address that was never given out is not heard', () => {
  const { webhooks, calls } = setUp();
  const name = nameOf(webhooks, JOB);
  const [jobId = '', code = ''] = name.split('.');
  const other = nameOf(setUp(Buffer.alloc(32, 2)).webhooks, JOB);
  for (const forged of [
    '',
    '.',
    jobId,
    `${jobId}.`,
    `${jobId}.${code.slice(0, -1)}`,
    `${name}x`,
    ` ${name}`,
    `${name}/`,
    `${jobId}0.${code}`,
    `x.${code}`,
    `${jobId}.${'é'.repeat(43)}`,
    `${jobId}.${code.toLowerCase()}`,
    other,
    `${'9'.repeat(10_000)}.${code}`,
  ]) {
    expect(webhooks.hear(forged), forged).toBe(false);
  }
  expect(calls).toEqual([]);
});

test('however often a job is called for, it is looked at once a second', () => {
  const { webhooks, calls } = setUp();
  const name = nameOf(webhooks, JOB);
  for (let times = 0; times < 1000; times += 1) expect(webhooks.hear(name)).toBe(true);
  expect(calls).toHaveLength(1);
  webhooks.hear(nameOf(webhooks, '2'));
  expect(calls).toEqual([JOB, '2']);
  vi.advanceTimersByTime(999);
  expect(calls).toHaveLength(2);
  // The last call may have been the one that counts.
  vi.advanceTimersByTime(1);
  expect(calls).toEqual([JOB, '2', JOB]);
  vi.advanceTimersByTime(10_000);
  expect(calls).toHaveLength(3);
  webhooks.hear(name);
  expect(calls).toHaveLength(4);
});
