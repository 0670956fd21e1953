import { type Bytes, inMemory } from './bytes.ts';

const chunkBytes = 64 * 1024;
const boxHeaderBytes = 8;

/**
 * A video of exactly `sizeBytes`: the given MP4 and a trailing `free` box of zeros, which players
 * skip. The zeros are made while they are read.
 */
export function padVideo(mp4: Uint8Array, sizeBytes: number): Bytes {
  if (sizeBytes === mp4.byteLength) return inMemory(mp4);
  const boxBytes = sizeBytes - mp4.byteLength;
  if (boxBytes < boxHeaderBytes || boxBytes > 0xffffffff) {
    throw new RangeError(`A video of ${mp4.byteLength} bytes cannot be padded to ${sizeBytes}`);
  }
  const head = Buffer.alloc(mp4.byteLength + boxHeaderBytes);
  head.set(mp4);
  head.writeUInt32BE(boxBytes, mp4.byteLength);
  head.write('free', mp4.byteLength + 4, 'latin1');
  const zeros = new Uint8Array(chunkBytes);

  return {
    sizeBytes,
    *read(start, end) {
      if (start < head.byteLength) yield head.subarray(start, Math.min(end, head.byteLength));
      for (let at = Math.max(start, head.byteLength); at < end; at += chunkBytes) {
        yield zeros.subarray(0, Math.min(chunkBytes, end - at));
      }
    },
  };
}
