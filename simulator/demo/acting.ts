import { readFile } from 'node:fs/promises';
import type { Member, SimFile, SimInteraction, SimMessage } from '../discord/discord.ts';
import type { SimTask } from '../seedance/task.ts';
import type { Stage } from './stage.ts';
import type { Transcript } from './transcript.ts';

/** How a scene ended, in a sentence, and what about it is not as it should be. */
export interface Ending {
  says: string;
  problems: string[];
}

/** Types /video. @returns what it was answered with: a card, or a refusal */
export async function ask(
  member: Member,
  told: Transcript,
  options: Record<string, string | number | SimFile>,
): Promise<SimMessage> {
  told.typed(member, 'video', options);
  return answerOf(await member.slash('video', options));
}

/** Presses the button that is labelled so. Throws if the message has none. */
export function press(
  member: Member,
  told: Transcript,
  message: SimMessage,
  label: string,
): Promise<SimInteraction> {
  const button = message.buttons().find((one) => one.label === label);
  if (!button?.customId) throw new Error(`there is no button ${label} on «${message.text()}»`);
  told.clicked(member, label);
  return member.click(message, button.customId);
}

/** Fills in one field of the form that an interaction opened, and sends it. */
export async function fillIn(
  member: Member,
  told: Transcript,
  opened: SimInteraction,
  value: string,
): Promise<SimMessage> {
  const form = await opened.form();
  told.opened(form);
  told.filledIn(member, form.field('prompt').label, value);
  return answerOf(await member.submitModal(opened, { prompt: value }));
}

/** Throws if it was answered with no message. */
export async function answerOf(interaction: SimInteraction): Promise<SimMessage> {
  const { message } = await interaction.response;
  if (!message) throw new Error('the bot gave no answer');
  return message;
}

export function shows(stage: Stage, { id }: SimMessage, words: string): Promise<SimMessage> {
  const find = () => {
    const now = stage.discord.state.messages.get(id);
    return now?.text().includes(words) ? now : undefined;
  };
  return stage.discord.waitFor(find, { what: `a card that says «${words}»` });
}

/** The task that was submitted with a prompt. */
export function taskOf({ seedance }: Stage, prompt: string): SimTask | undefined {
  return [...seedance.state.tasks.values()].find(({ body }) => body.prompt === prompt);
}

export async function picture(): Promise<SimFile> {
  const bytes = await readFile(new URL('../media/paper-boat.jpg', import.meta.url));
  return { name: 'boat.jpg', bytes, contentType: 'image/jpeg', width: 1024, height: 576 };
}
