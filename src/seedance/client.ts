import { Agent } from 'undici';
import type { VideoRequest } from '../jobs/job.ts';
import type { CancelEnd, DownloadEnd, Look, SubmitEnd, VideoApi } from '../jobs/ports.ts';
import type { Log } from '../log.ts';
import { Downloader, trusts } from './download.ts';
import { causeOf, withoutPrompt } from './errors.ts';
import { type Answer, call, singleUseAgent } from './http.ts';
import { type ModelList, readModelList } from './model-list.ts';
import { knownStatus, submitAnswer, taskAnswer, type WireError } from './schema.ts';

export interface SeedanceOptions {
  /** Without a slash at its end. */
  apiUrl: string;
  apiKey: string;
  log: Log;
  /** Where the service tells that a job's task has ended. Left out: it tells nobody. */
  webhookUrlOf?: ((jobId: string) => string) | undefined;
  submitTimeoutMs?: number;
  callTimeoutMs?: number;
}

/** `status` where there was an answer, `err` where there was none. */
export type ModelsEnd =
  | ({ kind: 'read' } & ModelList)
  | { kind: 'unreadable'; status?: number; err?: unknown };

/** The Seedance Open API over HTTP. Nothing it does throws: what went wrong is in the answer. */
export class SeedanceClient implements VideoApi {
  readonly #generations: string;
  readonly #models: string;
  readonly #origin: string;
  readonly #apiKey: string;
  readonly #log: Log;
  readonly #webhookUrlOf: ((jobId: string) => string) | undefined;
  readonly #submitTimeoutMs: number;
  readonly #callTimeoutMs: number;
  readonly #submits = singleUseAgent();
  readonly #calls = new Agent({ connect: { timeout: 10_000 } });
  readonly #downloads: Downloader;

  constructor(options: SeedanceOptions) {
    this.#generations = `${options.apiUrl}/video/generations`;
    this.#models = `${options.apiUrl}/models`;
    this.#origin = new URL(options.apiUrl).origin;
    this.#apiKey = options.apiKey;
    this.#log = options.log;
    this.#webhookUrlOf = options.webhookUrlOf;
    this.#submitTimeoutMs = options.submitTimeoutMs ?? 60_000;
    this.#callTimeoutMs = options.callTimeoutMs ?? 15_000;
    this.#downloads = new Downloader(this.#origin);
  }

  async submit(jobId: string, wanted: VideoRequest): Promise<SubmitEnd> {
    const mediaUrls = wanted.references.map(({ url }) => url);
    const webhookUrl = this.#webhookUrlOf?.(jobId);
    const answer = await call(this.#generations, {
      method: 'POST',
      apiKey: this.#apiKey,
      body: {
        model: wanted.model,
        prompt: wanted.prompt,
        ...(mediaUrls.length > 0 ? { mediaUrls } : {}),
        aspectRatio: wanted.aspectRatio,
        duration: wanted.durationSecs,
        resolution: wanted.resolution,
        ...(webhookUrl === undefined ? {} : { webhookUrl }),
        metadata: { jobId },
      },
      timeoutMs: this.#submitTimeoutMs,
      dispatcher: this.#submits,
    });
    return this.#readSubmit(jobId, wanted.prompt, answer);
  }

  async look(requestId: string, jobId: string): Promise<Look> {
    const answer = await this.#call('GET', this.#taskUrl(requestId));
    if (answer.kind === 'no-answer') {
      this.#log.warn({ jobId, requestId, err: answer.error }, 'A look went unanswered');
      return { kind: 'trouble', keyRefused: false, retryAfterMs: undefined };
    }
    const { status, retryAfterMs } = answer;
    const task = taskAnswer.safeParse(answer.json).data;
    if (status === 404) return { kind: 'missing' };
    if (status < 200 || status > 299 || !task?.status) {
      const error = withoutPrompt(task?.error, task?.prompt);
      this.#log.warn({ jobId, requestId, status, error }, 'A look was not answered with a task');
      return { kind: 'trouble', keyRefused: status === 401 || status === 403, retryAfterMs };
    }
    switch (knownStatus(task.status)) {
      case 'queued':
        return { kind: 'running', state: 'queued' };
      case 'processing':
        return { kind: 'running', state: 'processing' };
      case 'cancelled':
        return { kind: 'cancelled' };
      case 'failed':
        this.#log.warn(
          { jobId, requestId, error: withoutPrompt(task.error, task.prompt) },
          'The task failed',
        );
        return { kind: 'failed', why: whyFailed(task.status, task.error) };
      case 'succeeded':
        if (task.output) return { kind: 'succeeded', url: task.output.url };
        this.#log.warn({ jobId, requestId }, 'The task succeeded but has no output yet');
        return { kind: 'running', state: 'processing' };
      default:
        this.#log.warn(
          { jobId, requestId, status: task.status },
          'Unknown task status: taken as unfinished',
        );
        return { kind: 'running', state: 'processing' };
    }
  }

  async cancel(requestId: string): Promise<CancelEnd> {
    const answer = await this.#call('POST', `${this.#taskUrl(requestId)}/cancel`);
    if (answer.kind === 'no-answer') return 'trouble';
    const { status, json } = answer;
    const refused = taskAnswer.safeParse(json).data?.success === false;
    if (status >= 200 && status <= 299) return refused ? 'refused' : 'taken';
    // A task may not be known everywhere yet when it was only just accepted.
    const passing = [401, 403, 404, 429].includes(status) || status >= 500;
    return passing ? 'trouble' : 'refused';
  }

  /** Which models there are, and what each of them accepts. */
  async models(): Promise<ModelsEnd> {
    const answer = await this.#call('GET', this.#models);
    if (answer.kind === 'no-answer') return { kind: 'unreadable', err: answer.error };
    const { status, json } = answer;
    const list = status >= 200 && status <= 299 ? readModelList(json) : undefined;
    return list ? { kind: 'read', ...list } : { kind: 'unreadable', status };
  }

  trusts(url: string): boolean {
    return trusts(url, this.#origin);
  }

  async download(url: string, path: string, maxBytes: number, jobId: string): Promise<DownloadEnd> {
    try {
      const end = await this.#downloads.fetch(url, path, maxBytes);
      if (end.kind === 'again')
        this.#log.warn({ jobId }, 'The download was not answered with a video');
      return end;
    } catch (err) {
      this.#log.warn({ jobId, err }, 'The download broke off');
      return { kind: 'again', retryAfterMs: undefined };
    }
  }

  /** Ends every connection, and with it whatever call is still waiting. */
  async close(): Promise<void> {
    await Promise.all([this.#submits.destroy(), this.#calls.destroy(), this.#downloads.close()]);
  }

  #taskUrl(requestId: string): string {
    return `${this.#generations}/${encodeURIComponent(requestId)}`;
  }

  #call(method: 'GET' | 'POST', url: string): Promise<Answer> {
    return call(url, {
      method,
      apiKey: this.#apiKey,
      timeoutMs: this.#callTimeoutMs,
      dispatcher: this.#calls,
    });
  }

  /** The table of submit ends: whatever is not plainly accepted or plainly refused is unclear. */
  #readSubmit(jobId: string, prompt: string, answer: Answer): SubmitEnd {
    if (answer.kind === 'no-answer') {
      this.#log.warn({ jobId, err: answer.error }, 'A submit went unanswered');
      return answer.connected
        ? { kind: 'unclear' }
        : { kind: 'again', reason: 'unreachable', retryAfterMs: undefined };
    }
    const { status, retryAfterMs } = answer;
    const body = submitAnswer.safeParse(answer.json).data;
    const isSuccess = status >= 200 && status <= 299;
    if (isSuccess && body?.requestId && body.success !== false) {
      const { requestId, creditsCharged } = body;
      return { kind: 'accepted', requestId, creditsCharged };
    }
    const error = withoutPrompt(body?.error, prompt);
    this.#log.warn({ jobId, status, error }, 'A submit was not accepted');
    if (status === 429 || (status === 503 && body?.success === false)) {
      return { kind: 'again', reason: 'busy', retryAfterMs };
    }
    const isRefusal = (status >= 400 && status <= 499) || (isSuccess && body?.success === false);
    return isRefusal ? { kind: 'refused', why: causeOf(body?.error, status) } : { kind: 'unclear' };
  }
}

function whyFailed(status: string, error: WireError) {
  return status.toLowerCase() === 'expired' ? ({ cause: 'service' } as const) : causeOf(error);
}
