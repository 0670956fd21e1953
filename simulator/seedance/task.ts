import type { Settings } from './settings.ts';
import type { Submission } from './submission.ts';

/** How a task ends. `status` may be any word, so that a client meets words it does not know. */
export interface TaskEnd {
  status: 'succeeded' | 'failed' | 'cancelled' | 'expired' | (string & {});
  /** What `error` holds in the answer; a failure that names none gets the service's own. */
  error?: unknown;
  /** `null`: no output although it ended; omitted: this service's own `/results/{id}.mp4`. */
  outputUrl?: string | null;
}

/** One reference as the service fetched it. */
export interface FetchedMedia {
  url: string;
  /** 0: it could not be reached. */
  status: number;
  contentType: string;
  bytes: number;
}

/** A generation task, as the service holds it. */
export interface SimTask {
  requestId: string;
  /** The body as it was received. */
  body: Submission;
  /** What is rendered: the body with defaults and with the flags of its prompt obeyed. */
  settings: Settings;
  /** Paid settings which flags in the prompt replaced (`--dur 15` → `{ dur: '15' }`). */
  flagOverrides: Record<string, string>;
  /** Fields a client should always send and this one did not. */
  omitted: string[];
  status: string;
  error: unknown;
  outputUrl: string | null;
  createdAt: number;
  finishedAt?: number;
  cancelledAt?: number;
  creditsCharged: number;
  /** Status calls, cancel calls and downloads that arrived, those met by a fault included. */
  looks: number;
  cancels: number;
  downloads: number;
  fetchedMedia: FetchedMedia[];
}

const finalStatuses = new Set(['succeeded', 'failed', 'cancelled', 'canceled', 'expired']);

/** Whether the task is over: a status outside the known final ones still counts as under way. */
export function hasEnded(task: SimTask): boolean {
  return finalStatuses.has(task.status);
}
