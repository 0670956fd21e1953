import { type Answer, text } from './answer.ts';
import { type Bytes, part } from './bytes.ts';
import type { Service } from './service.ts';

/** `GET /results/{id}.mp4`, in parts if a `Range` asks for it, as players do. */
export function download(
  { state, result }: Service,
  requestId: string | undefined,
  range: string | undefined,
): Answer {
  if (state.tasks.get(requestId ?? '')?.status !== 'succeeded') {
    return text(404, 'text/html', '<h1>404 Not Found</h1>');
  }
  const headers = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes' };
  const wanted = parseRange(range, result);
  if (!wanted) return { status: 200, headers, body: result };

  const { from, to } = wanted;
  const { sizeBytes } = result;
  if (from >= to) {
    return text(416, 'text/plain', 'Range Not Satisfiable', {
      'content-range': `bytes */${sizeBytes}`,
    });
  }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${to - 1}/${sizeBytes}` },
    body: part(result, from, to),
  };
}

/** One range of bytes; a header of any other form is passed over, as RFC 9110 allows. */
function parseRange(
  range: string | undefined,
  { sizeBytes }: Bytes,
): { from: number; to: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
  if (!match) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') return { from: Math.max(0, sizeBytes - Number(last)), to: sizeBytes };
  if (last === '') return { from: Number(first), to: sizeBytes };
  if (Number(last) < Number(first)) return undefined;
  return { from: Number(first), to: Math.min(sizeBytes, Number(last) + 1) };
}
