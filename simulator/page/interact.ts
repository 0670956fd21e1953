import type { Asked } from '../page-protocol/asked.ts';
import { everything, jumpToEnd, noteProblem, openForm, sent } from './state.ts';
import { ask } from './wire.ts';

let lastKey = 0;

/** Uses a component or the menu of a message, and says under it what did not come of it. */
export async function actOn(messageId: string, asked: Asked): Promise<void> {
  noteProblem(messageId, undefined);
  const problem = await interact(asked, 'This interaction failed');
  if (problem !== undefined) noteProblem(messageId, problem);
}

/** Sends a command; until it is answered it stands at the end of the channel. */
export async function sendCommand(name: string, asked: Asked): Promise<void> {
  lastKey += 1;
  const key = lastKey;
  const others = () => sent.value.filter((one) => one.key !== key);
  sent.value = [...sent.value, { key, name }];
  jumpToEnd();
  const problem = await interact(asked, 'The application did not respond');
  sent.value = problem === undefined ? others() : [...others(), { key, name, problem }];
}

/** Asks for an interaction and opens the form, if it is answered so. @returns what went wrong */
async function interact(asked: Asked, notAnswered: string): Promise<string | undefined> {
  const you = everything.value?.you.id;
  try {
    const answered = await ask(asked);
    // Whoever asked may be somebody else by now, and what was answered is not for them.
    if (everything.value?.you.id !== you) return undefined;
    if (answered?.with === 'none') return notAnswered;
    if (answered?.form) {
      openForm.value = { interactionId: answered.interactionId, form: answered.form };
    }
    return undefined;
  } catch (error) {
    return wordsOf(error);
  }
}

/** What an error says to a person. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
