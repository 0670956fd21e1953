import { parseRange } from '../byte-range.ts';
import { type Answer, text } from './answer.ts';
import { part } from './bytes.ts';
import type { Service } from './service.ts';

/** `GET /results/{id}.mp4`, in parts if a `Range` asks for it, as players do. */
export function download(
  { state, results }: Service,
  requestId: string | undefined,
  range: string | undefined,
): Answer {
  const task = state.tasks.get(requestId ?? '');
  if (task?.status !== 'succeeded') {
    return text(404, 'text/html', '<h1>404 Not Found</h1>');
  }
  const result = results.resultFor(task.settings);
  const { sizeBytes } = result;
  const headers = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes' };
  const wanted = parseRange(range, sizeBytes);
  if (!wanted) return { status: 200, headers, body: result };

  const { from, to } = wanted;
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
