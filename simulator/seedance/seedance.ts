import { randomBytes } from 'node:crypto';
import { Agent } from 'undici';
import { createFaults, type Faults } from './faults.ts';
import type { VideoSettings } from './fitting-video.ts';
import { listen } from './listener.ts';
import { type SimModel, usualModels } from './models.ts';
import { createRendering } from './rendering.ts';
import { type ChosenVideo, createResults } from './results.ts';
import { apiPath } from './routes.ts';
import { serve } from './serve.ts';
import type { Service } from './service.ts';
import { defaultPrice, defaultSettings, type Settings } from './settings.ts';
import { emptyState, type SimRequest, type SimState } from './state.ts';
import type { TaskEnd } from './task.ts';
import { createTimers } from './timers.ts';
import { createWatch, type TaskEvent, type TaskListener, type WaitOptions } from './watch.ts';
import { createWebhooks, type WebhookManners } from './webhooks.ts';

export interface SeedanceOptions {
  /** Default 0: any free one. */
  port?: number;
  apiKey?: string;
  /** From submit to success. Default 50; half of it queued, half processing. */
  renderMs?: number;
  /** A submit while so many tasks are under way is answered 429. Default: no limit. */
  maxConcurrent?: number;
  /** Maps the URL of a reference to the one it is fetched from, and a webhook's to the one called. */
  resolveUrl?: (url: string) => string;
  /** Credits of a task. Default: see `defaultPrice`. */
  price?: (settings: Settings) => number;
  now?: () => number;
}

/** A running simulated Seedance Open API. */
export interface Seedance {
  apiUrl: string;
  apiKey: string;
  state: SimState;
  faults: Faults;
  /** The MP4 that `/results` serves for a task of the default settings unless told otherwise. */
  video: Uint8Array;
  /** The same for a task of these settings. */
  videoFor(settings: VideoSettings): Uint8Array;
  /**
   * What every task gets from now on. `{ sizeBytes }`: the MP4 that fits the task, padded to that
   * size while it is sent; undefined: that MP4 as it is, as at the start.
   * @throws RangeError for a size that a shipped MP4 cannot be padded to
   */
  setVideo(video: ChosenVideo): void;
  /** What it makes from now on: `GET /models` tells it, and submits are held to it. */
  models: readonly SimModel[];
  /** As in the options, and for tasks submitted from now on; those under way keep theirs. */
  renderMs: number;
  /** How webhooks are called from now on: as they should be, unless told otherwise. */
  webhookManners: WebhookManners;
  /** No task progresses until `release`; scripted ends and cancels still work. */
  hold(): void;
  release(): void;
  /** Ends a task now, by default with success. */
  finish(requestId: string, end?: TaskEnd): void;
  /** How the next submitted task will end; several calls queue up. */
  nextEnd(end: TaskEnd): void;
  /** Connections are cut and refused until `goOnline`, which takes the same port again. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  /** Listeners run after the call is handled and before its answer is sent. Returns how to stop. */
  on(event: TaskEvent, listener: TaskListener): () => void;
  /**
   * Listeners get each request as it comes in, its status 0, and the same record once more when its
   * answer is decided: a request that never gets one leaves it at that. Returns how to stop.
   */
  onRequest(listener: (request: SimRequest) => void): () => void;
  /** Resolves with what `probe` first finds; it is asked again at each change of state. */
  waitFor<T>(
    probe: (seedance: Seedance) => T | undefined | false | null,
    options?: WaitOptions,
  ): Promise<T>;
  close(): Promise<void>;
}

/** Starts a simulated Seedance Open API on 127.0.0.1. */
export async function startSeedance(options: SeedanceOptions = {}): Promise<Seedance> {
  const { now = Date.now, renderMs = 50 } = options;
  const results = await createResults();
  const state = emptyState();
  const timers = createTimers();
  const watch = createWatch(timers);
  const { faults, strike } = createFaults();
  const agent = new Agent();
  const resolveUrl = options.resolveUrl ?? ((url: string) => url);
  const webhooks = createWebhooks({ state, watch, timers, agent, resolveUrl, now });
  const resultUrl = (requestId: string) => `${listener.origin}/results/${requestId}.mp4`;
  const service: Service = {
    apiKey: options.apiKey ?? `sd2_live_${randomBytes(16).toString('hex')}`,
    maxConcurrent: options.maxConcurrent ?? Number.POSITIVE_INFINITY,
    models: usualModels,
    state,
    rendering: createRendering({ renderMs, timers, watch, now, resultUrl }),
    watch,
    agent,
    results,
    resolveUrl,
    price: options.price ?? defaultPrice,
    now,
  };
  const listener = await listen(options.port ?? 0, (request, response) => {
    serve(service, strike, timers, request, response).catch((error: unknown) => {
      if (request.complete) state.violations.push(`the simulator itself broke: ${error}`);
      request.socket.destroy();
    });
  });

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    watch.close();
    timers.clear();
    await Promise.all([listener.shut(), service.agent.destroy()]);
  }

  const seedance: Seedance = {
    apiUrl: listener.origin + apiPath,
    apiKey: service.apiKey,
    state,
    faults,
    video: results.videoFor(defaultSettings),
    videoFor: results.videoFor,
    setVideo: results.choose,
    get models() {
      return service.models;
    },
    set models(models) {
      service.models = models;
    },
    get renderMs() {
      return service.rendering.renderMs;
    },
    set renderMs(ms) {
      service.rendering.renderMs = ms;
    },
    get webhookManners() {
      return webhooks.manners;
    },
    set webhookManners(manners) {
      webhooks.manners = manners;
    },
    hold: service.rendering.hold,
    release: service.rendering.release,
    finish(requestId, end = { status: 'succeeded' }) {
      const task = state.tasks.get(requestId);
      if (!task) throw new Error(`No task ${requestId}`);
      service.rendering.end(task, end);
    },
    nextEnd: service.rendering.nextEnd,
    goOffline: listener.shut,
    goOnline: listener.open,
    on: watch.on,
    onRequest: watch.onRequest,
    waitFor: (probe, waitOptions) => watch.waitFor(() => probe(seedance), waitOptions),
    close: () => (closing ??= close()),
  };
  return seedance;
}
