import type { Meter, VideoApi } from './ports.ts';

/** The same service, and what comes of its calls is counted. */
export function countedApi(api: VideoApi, meter: Meter): VideoApi {
  return {
    async submit(jobId, request) {
      const answer = await api.submit(jobId, request);
      if (answer.kind === 'again') meter.failed('seedance', `submit-${answer.reason}`);
      else if (answer.kind !== 'accepted') meter.failed('seedance', `submit-${answer.kind}`);
      return answer;
    },
    async look(requestId, jobId) {
      const look = await api.look(requestId, jobId);
      meter.looked(look.kind === 'running' ? look.state : look.kind);
      if (look.kind === 'trouble' || look.kind === 'missing') {
        meter.failed('seedance', `look-${look.kind}`);
      }
      return look;
    },
    async cancel(requestId) {
      const answer = await api.cancel(requestId);
      if (answer !== 'taken') meter.failed('seedance', `cancel-${answer}`);
      return answer;
    },
    trusts: (url) => api.trusts(url),
    async download(url, path, maxBytes, jobId) {
      const answer = await api.download(url, path, maxBytes, jobId);
      if (answer.kind === 'again') meter.failed('seedance', 'download-again');
      return answer;
    },
  };
}
