/** How often, and after how long, in milliseconds. */
export interface Timing {
  /** It is looked for work that nobody told of. */
  pollMs: number;
  /** A process says that it lives, and looks for what nobody has any more. */
  touchMs: number;
  /** After an outage, each process has this long to save what it did meanwhile and to say that it lives. */
  graceMs: number;
  /** A draft this old has no process any more that waits for its acknowledgement. */
  draftMs: number;
}

/**
 * With 35 seconds of heartbeat, what a process had that died is run by another after 41 at the most,
 * and what the questions take: 35 until it is missed, 5 until somebody looks, 1 until it is looked for
 * work. And one that lives keeps its jobs though it can't say so for half a minute.
 * @param heartbeatSeconds after so long a process that is not heard of has lost its jobs
 */
export function timingFor(heartbeatSeconds: number): Timing {
  const heartbeatMs = heartbeatSeconds * 1000;
  const touchMs = heartbeatMs / 7;
  return { pollMs: 1000, touchMs, graceMs: 6 * touchMs, draftMs: heartbeatMs };
}
