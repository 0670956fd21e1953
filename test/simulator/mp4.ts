/** A box of an MP4: its name of four letters and what stands in it. */
interface Box {
  name: string;
  content: Buffer;
}

const headerBytes = 8;

/** The boxes that stand one after another in these bytes. */
function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    const end = at + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + headerBytes);
    boxes.push({ name, content: bytes.subarray(at + headerBytes, end) });
    at = end;
  }
  return boxes;
}

/** The names of the outermost boxes of an MP4, in order. */
export function boxNames(mp4: Buffer): string[] {
  return boxesIn(mp4).map(({ name }) => name);
}

/** What stands in every box at the end of a path of names. */
function contentsAt(mp4: Buffer, ...path: string[]): Buffer[] {
  let found = [mp4];
  for (const step of path) {
    found = found
      .flatMap(boxesIn)
      .filter(({ name }) => name === step)
      .map(({ content }) => content);
  }
  return found;
}

/** The length of an MP4 in seconds, as its movie header (version 0) tells it. */
export function durationOf(mp4: Buffer): number | undefined {
  const [header] = contentsAt(mp4, 'moov', 'mvhd');
  return header && header.readUInt32BE(16) / header.readUInt32BE(12);
}

/** Width and height in pixels of each track that has any, the last two fields of its header. */
export function sizesOf(mp4: Buffer): [width: number, height: number][] {
  return contentsAt(mp4, 'moov', 'trak', 'tkhd')
    .map((header): [number, number] => [
      header.readUInt32BE(header.byteLength - 8) / 0x10000,
      header.readUInt32BE(header.byteLength - 4) / 0x10000,
    ])
    .filter(([width]) => width > 0);
}

/** The H.264 profile of an MP4, 77 for Main: it stands behind the version of the `avcC` box. */
export function h264Profile(mp4: Buffer): number | undefined {
  const at = mp4.indexOf('avcC');
  return at < 0 ? undefined : mp4.readUInt8(at + 5);
}
