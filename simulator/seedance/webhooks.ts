import { type Agent, fetch } from 'undici';
import { describeTask } from './look.ts';
import type { SimState } from './state.ts';
import type { SimTask } from './task.ts';
import type { Timers } from './timers.ts';
import type { Watch } from './watch.ts';

/**
 * How the service tells a task's `webhookUrl` that it has ended.
 *
 * - `'once'`: as it should
 * - `'never'`
 * - `'twice'`: two calls at the same time
 * - `'rubbish'`: what it sends is no JSON, and long
 * - `'early'`: when the task is made, and never again
 * - `{ lateMs }`: so long after the end
 */
export type WebhookManners = 'once' | 'never' | 'twice' | 'rubbish' | 'early' | { lateMs: number };

/** One try to call a webhook. */
export interface WebhookCall {
  requestId: string;
  /** When it was answered, or given up. */
  at: number;
  /** What it was answered; 0: it could not be reached. */
  status: number;
}

export interface Webhooks {
  /** For the tasks that are made or end from now on. */
  manners: WebhookManners;
}

interface Parts {
  state: SimState;
  watch: Watch;
  timers: Timers;
  agent: Agent;
  resolveUrl: (url: string) => string;
  now: () => number;
}

const maxTries = 3;
const firstPauseMs = 100;
const timeoutMs = 10_000;
const rubbish = `<h1>Moved</h1>${'?'.repeat(20_000)}`;

/** Calls webhooks from now on. A call that is not answered with 2xx is tried again, twice. */
export function createWebhooks({ state, watch, timers, agent, resolveUrl, now }: Parts): Webhooks {
  const webhooks: Webhooks = { manners: 'once' };

  async function post(task: SimTask, url: string): Promise<number> {
    const isRubbish = webhooks.manners === 'rubbish';
    try {
      const response = await fetch(resolveUrl(url), {
        method: 'POST',
        headers: { 'content-type': isRubbish ? 'text/html' : 'application/json' },
        body: isRubbish ? rubbish : JSON.stringify(describeTask(task)),
        redirect: 'manual',
        dispatcher: agent,
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }

  async function call(task: SimTask, url: string, tries = 1): Promise<void> {
    const status = await post(task, url);
    state.webhookCalls.push({ requestId: task.requestId, at: now(), status });
    watch.changed();
    const isTaken = status >= 200 && status <= 299;
    if (isTaken || tries === maxTries) return;
    timers.after(firstPauseMs * 2 ** (tries - 1), () => void call(task, url, tries + 1));
  }

  watch.on('submit', (task) => {
    const url = task.body.webhookUrl;
    if (url !== undefined && webhooks.manners === 'early') void call(task, url);
  });
  watch.on('end', (task) => {
    const url = task.body.webhookUrl;
    const { manners } = webhooks;
    if (url === undefined || manners === 'never' || manners === 'early') return;
    if (typeof manners === 'object') timers.after(manners.lateMs, () => void call(task, url));
    else void call(task, url);
    if (manners === 'twice') void call(task, url);
  });
  return webhooks;
}
