import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Measures } from './measures.ts';

/** Whoever asks for the metrics waits no longer for what only the store knows. */
const STORE_WITHIN_MS = 2000;

/** What is read at the moment somebody asks for the metrics. */
export interface Readings {
  /** The jobs that this process has in hand. */
  jobs: Iterable<{ state: string }>;
  /** What waits in line, in all processes, and since when, in milliseconds since 1970. */
  line: Promise<{ jobs: number; since: number | undefined }>;
  isConnected: boolean;
  isStoreHealthy: boolean;
  isAccountRefused: boolean;
}

const STATES = ['waiting', 'submitting', 'queued', 'processing', 'delivering'];
const STAGES = ['line', 'submit', 'generation', 'delivery'];
const OUTCOMES = ['succeeded', 'cancelled', 'unconfirmed'];
const FAILURE_CAUSES = [
  'reference',
  'prompt',
  'account',
  'service',
  'expired',
  'too-long',
  'budget',
  'struck',
  'other',
];

/** Those of prom-client that break Prometheus' own rule: `_total` is for what only ever grows. */
const MISNAMED = ['nodejs_active_handles', 'nodejs_active_requests', 'nodejs_active_resources'];

/**
 * All that is measured. Labels have few values, all of our own: never an id, never a member's words.
 * What may happen begins at 0, for Prometheus sees no increase in what was not there before.
 */
export class Metrics implements Measures {
  readonly #registry = new Registry();
  readonly #now: () => number;

  readonly #jobs = this.#gauge('jobs', 'Jobs in hand, by their state', 'state');
  readonly #lineLength = this.#gauge(
    'line_length',
    'Jobs that wait for a slot, of all bots that share a store',
  );
  readonly #lineOldest = this.#gauge(
    'line_oldest_age_seconds',
    'How long the oldest job in line has waited since it was asked for; 0 if none waits',
  );
  readonly #connected = this.#gauge(
    'discord_connected',
    'Whether commands can arrive from Discord',
  );
  readonly #storeHealthy = this.#gauge('store_healthy', 'Whether everything could be written');
  readonly #accountRefused = this.#gauge(
    'account_refused',
    'Whether submits pause because Seedance refuses the API key or the credits are used up',
  );
  readonly #jobsEnded = this.#counter(
    'jobs_ended_total',
    'Generations that ended, by outcome and, of failed ones, by cause',
    ['outcome', 'cause'],
  );
  readonly #undelivered = this.#counter(
    'videos_undelivered_total',
    'Videos that were made and that Discord took nowhere',
  );
  readonly #stages = this.#histogram(
    'stage_duration_seconds',
    'How long jobs took from asked for to submitted, to accepted, to generated, to delivered',
    [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200],
    ['stage'],
  );
  readonly #acknowledgements = this.#histogram(
    'acknowledgement_duration_seconds',
    'From the creation of an interaction, by Discord’s clock, until Discord took its acknowledgement',
    [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3],
  );
  readonly #missed = this.#counter(
    'interactions_missed_total',
    'Commands, clicks and forms that were answered too late for Discord: their members saw an error',
  );
  readonly #looks = this.#counter('looks_total', 'Looks at tasks, by what was seen', ['saw']);
  readonly #credits = this.#counter('credits_charged_total', 'Credits that Seedance said it took');
  readonly #errors = this.#counter(
    'errors_total',
    'What went wrong with Seedance, with Discord (by HTTP status) and with the store (by part)',
    ['source', 'kind'],
  );
  readonly #rateLimits = this.#counter(
    'discord_rate_limits_total',
    'Requests that had to wait for one of Discord’s rate limits, by scope',
    ['scope'],
  );
  readonly #webhookCalls = this.#counter(
    'webhook_calls_total',
    'Calls of the webhook: heard, or to an address that was never given out',
    ['result'],
  );

  constructor(now: () => number) {
    this.#now = now;
    collectDefaultMetrics({ register: this.#registry });
    for (const name of MISNAMED) this.#registry.removeSingleMetric(`${name}_total`);
    for (const outcome of OUTCOMES) this.#jobsEnded.inc({ outcome, cause: '' }, 0);
    for (const cause of FAILURE_CAUSES) this.#jobsEnded.inc({ outcome: 'failed', cause }, 0);
    for (const stage of STAGES) this.#stages.zero({ stage });
    for (const result of ['heard', 'unknown']) this.#webhookCalls.inc({ result }, 0);
    for (const scope of ['user', 'shared', 'global']) this.#rateLimits.inc({ scope }, 0);
  }

  stageTook(stage: string, ms: number): void {
    this.#stages.observe({ stage }, seconds(ms));
  }

  generationEnded(outcome: string, cause = ''): void {
    this.#jobsEnded.inc({ outcome, cause });
  }

  videoUndelivered(): void {
    this.#undelivered.inc();
  }

  charged(credits: number): void {
    this.#credits.inc(credits);
  }

  missed(): void {
    this.#missed.inc();
  }

  looked(saw: string): void {
    this.#looks.inc({ saw });
  }

  failed(source: 'seedance' | 'discord' | 'store', kind: string): void {
    this.#errors.inc({ source, kind });
  }

  acknowledged(ms: number): void {
    this.#acknowledgements.observe(seconds(ms));
  }

  rateLimited(scope: string): void {
    this.#rateLimits.inc({ scope });
  }

  /** @returns what it was given: whether the address that was called is one of ours */
  webhookCalled(isOurs: boolean): boolean {
    this.#webhookCalls.inc({ result: isOurs ? 'heard' : 'unknown' });
    return isOurs;
  }

  /** All of it in Prometheus' text format, with what is read now. */
  async exposition(readings: Readings): Promise<{ contentType: string; text: string }> {
    const jobs = [...readings.jobs];
    for (const state of STATES) {
      this.#jobs.set({ state }, jobs.filter((job) => job.state === state).length);
    }
    const line = await known(readings.line);
    this.#lineLength.set(line ? line.jobs : Number.NaN);
    this.#lineOldest.set(line ? seconds(line.since ? this.#now() - line.since : 0) : Number.NaN);
    this.#connected.set(Number(readings.isConnected));
    this.#storeHealthy.set(Number(readings.isStoreHealthy));
    this.#accountRefused.set(Number(readings.isAccountRefused));
    const { contentType } = this.#registry;
    return { contentType, text: await this.#registry.metrics() };
  }

  #named(name: string, help: string, labelNames: string[] = []) {
    return { name: `seedance_bot_${name}`, help, labelNames, registers: [this.#registry] };
  }

  #gauge(name: string, help: string, ...labels: string[]): Gauge {
    return new Gauge(this.#named(name, help, labels));
  }

  #counter(name: string, help: string, labels?: string[]): Counter {
    return new Counter(this.#named(name, help, labels));
  }

  #histogram(name: string, help: string, buckets: number[], labels?: string[]): Histogram {
    return new Histogram({ ...this.#named(name, help, labels), buckets });
  }
}

/** Clocks differ a little: no time is less than none. */
function seconds(ms: number): number {
  return Math.max(0, ms) / 1000;
}

/** What the store says, if it says it before whoever asks gives up on all the rest. */
function known<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  const late = sleep(STORE_WITHIN_MS, undefined, { ref: false });
  return Promise.race([asked.catch(() => undefined), late]);
}
