import type { SimTask } from './task.ts';
import type { WebhookCall } from './webhooks.ts';

/** A request as it came in, and how it ended. */
export interface SimRequest {
  /** When it came in. */
  at: number;
  method: string;
  path: string;
  /** 0 while it is being answered. */
  status: number | 'hang' | 'reset';
  /** The JSON, or the text if it is none. */
  body?: unknown;
  authorised: boolean;
  authorization: string | undefined;
}

/** All that a test may read. */
export interface SimState {
  tasks: Map<string, SimTask>;
  requests: SimRequest[];
  /** Submits that arrived, those refused, met by a fault or never answered included. */
  submits: number;
  creditsSpent: number;
  /** In the order in which they were answered. */
  webhookCalls: WebhookCall[];
  /** What a correct client never does: requests of a wrong shape, a key sent to a download. */
  violations: string[];
  /** `requestId: field` for each field that a client should always send and did not. */
  omitted: string[];
}

/** The state of a service nobody has called yet. */
export function emptyState(): SimState {
  return {
    tasks: new Map(),
    requests: [],
    submits: 0,
    creditsSpent: 0,
    webhookCalls: [],
    violations: [],
    omitted: [],
  };
}
