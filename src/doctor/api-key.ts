import { Agent } from 'undici';
import { type Answer, call } from '../seedance/http.ts';
import { type ModelList, readModelList } from '../seedance/model-list.ts';
import type { Row } from './row.ts';
import { troubleOf } from './trouble.ts';

const ANSWER_MAX_MS = 10_000;

/** Whether Seedance takes the API key, by its answer to the question for its models. */
export function checkApiKey(answer: Answer): Row {
  const row = { name: 'API key', state: 'wrong' } as const;
  if (answer.kind === 'no-answer') {
    return {
      ...row,
      saw: `Seedance ${troubleOf(answer.error)}.`,
      mend: 'Check this machine’s network and its way out, and SEEDANCE_API_URL if you have set it.',
    };
  }
  const { status } = answer;
  if (status === 401 || status === 403) {
    return {
      ...row,
      saw: `Seedance refuses SEEDANCE_API_KEY (${status}).`,
      mend: 'Copy the key anew from your Seedance account, whole.',
    };
  }
  if (status === 402) {
    return {
      ...row,
      saw: 'Seedance takes it, but its credits are used up (402).',
      mend: 'Top up the balance of your Seedance account.',
    };
  }
  const found = modelsIn(answer);
  if (found) {
    const count = Object.keys(found.table).length + found.unknown.length;
    return { ...row, state: 'ok', saw: `Seedance takes it, and has ${count} models.` };
  }
  if (status === 429 || status >= 500) {
    return { ...row, saw: `Seedance answers ${status}.`, mend: 'Try again in a while.' };
  }
  return {
    ...row,
    saw: `Seedance answers ${status}, and not with its models.`,
    mend: 'Compare SEEDANCE_API_URL with what your Seedance account says, or leave it out.',
  };
}

/** @returns undefined if they can't be read */
export function modelsIn(answer: Answer): ModelList | undefined {
  if (answer.kind === 'no-answer' || answer.status !== 200) return undefined;
  return readModelList(answer.json);
}

/** Asks Seedance for its models, which costs nothing. Never throws. */
export async function askForModels(apiUrl: string, apiKey: string): Promise<Answer> {
  const dispatcher = new Agent({ connect: { timeout: ANSWER_MAX_MS } });
  const options = { method: 'GET', apiKey, timeoutMs: ANSWER_MAX_MS, dispatcher } as const;
  const answer = await call(`${apiUrl}/models`, options);
  await dispatcher.destroy();
  return answer;
}
