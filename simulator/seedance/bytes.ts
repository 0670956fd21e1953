/** Bytes that can be read in part, and need not lie in memory. */
export interface Bytes {
  sizeBytes: number;
  /** From `start` up to, not including, `end`. */
  read(start: number, end: number): Iterable<Uint8Array>;
}

/** Bytes that do lie in memory. */
export function inMemory(bytes: Uint8Array): Bytes {
  return {
    sizeBytes: bytes.byteLength,
    read: (start, end) => [bytes.subarray(start, end)],
  };
}

/** A part of other bytes, as bytes of their own. */
export function part(bytes: Bytes, from: number, to: number): Bytes {
  return {
    sizeBytes: to - from,
    read: (start, end) => bytes.read(from + start, from + end),
  };
}
