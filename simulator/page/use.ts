import type { Asked } from '../page-server/asked.ts';
import type { Answered } from './protocol.ts';
import { noteProblem, openForm, sent } from './state.ts';
import { ask } from './wire.ts';

let lastKey = 0;

/** Opens the form, if that is how an interaction was answered. */
function follow(answered: Answered | undefined): void {
  if (answered?.form) {
    openForm.value = { interactionId: answered.interactionId, form: answered.form };
  }
}

/** Uses a component or the menu of a message, and says under it what did not come of it. */
export async function useMessage(messageId: string, asked: Asked): Promise<void> {
  noteProblem(messageId, undefined);
  try {
    const answered = await ask(asked);
    if (answered?.with === 'none') noteProblem(messageId, 'This interaction failed');
    follow(answered);
  } catch (error) {
    noteProblem(messageId, wordsOf(error));
  }
}

/** Sends a command; until it is answered it stands at the end of the channel. */
export async function sendCommand(name: string, asked: Asked): Promise<void> {
  lastKey += 1;
  const key = lastKey;
  const others = () => sent.value.filter((one) => one.key !== key);
  const failed = (problem: string) => {
    sent.value = [...others(), { key, name, problem }];
  };
  sent.value = [...sent.value, { key, name }];
  try {
    const answered = await ask(asked);
    if (answered?.with === 'none') return failed('The application did not respond');
    sent.value = others();
    follow(answered);
  } catch (error) {
    failed(wordsOf(error));
  }
}

/** What an error says to a person. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
