interface ByteRange {
  /** The first byte. */
  from: number;
  /** The byte after the last. */
  to: number;
}

/**
 * The part of a file of `sizeBytes` that a `Range` header asks for. A header of any other form than
 * one range of bytes gives undefined: the whole file is sent, as RFC 9110 allows. A part that lies
 * beyond the end comes back with `from >= to`: it is for the caller to answer 416.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') return { from: Math.max(0, sizeBytes - Number(last)), to: sizeBytes };
  if (last === '') return { from: Number(first), to: sizeBytes };
  if (Number(last) < Number(first)) return undefined;
  return { from: Number(first), to: Math.min(sizeBytes, Number(last) + 1) };
}
