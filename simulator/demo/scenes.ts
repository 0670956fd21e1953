import { readFile } from 'node:fs/promises';
import type { Member, SimFile, SimMessage } from '../discord/discord.ts';
import type { SimTask } from '../seedance/task.ts';
import type { Stage } from './stage.ts';
import type { Transcript } from './transcript.ts';

/** How a scene ended, in a sentence, and what about it is not as it should be. */
export interface Ending {
  says: string;
  problems: string[];
}

/** A member attaches a picture and gets a video. */
export async function finishedVideo(stage: Stage, mia: Member, told: Transcript): Promise<Ending> {
  const startedAt = Date.now();
  const prompt = 'A paper boat drifts past neon puddles, slow and quiet.';
  const card = await ask(mia, told, { prompt, reference1: await picture() });
  const finished = await shows(stage, card, 'AI-generated');
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const made = stage.seedance.video;
  const video = finished.video();
  const task = taskOf(stage, prompt);
  return {
    says: `Video 1: finished in ${seconds} s. It is attached, plays inline, and is byte for byte what Seedance made.`,
    problems: [
      ...(video?.attached ? [] : ['the first video is not attached to its message']),
      ...(video?.bytes && Buffer.from(video.bytes).equals(made)
        ? []
        : ['the first video has other bytes than the one Seedance made']),
      ...(task?.fetchedMedia.some(({ status }) => status === 200)
        ? []
        : ['Seedance never got the picture']),
    ],
  };
}

/** A member changes their mind while Seedance renders. */
export async function cancelledVideo(stage: Stage, mia: Member, told: Transcript): Promise<Ending> {
  const prompt = 'A lighthouse blinks through the fog';
  const card = await ask(mia, told, { prompt, duration: 8, aspect_ratio: '9:16' });
  await stage.seedance.waitFor(() => taskOf(stage, prompt)?.status === 'processing', {
    what: 'the second video to be rendered',
  });
  // However slow this machine is, the click comes before the video.
  stage.seedance.hold();
  const button = card.buttons().find(({ label }) => label === 'Cancel');
  told.clicked(mia, 'Cancel');
  await mia.click(card, button?.customId ?? 'no Cancel on the card');
  const ended = await shows(stage, card, '**Cancelled**');
  const status = taskOf(stage, prompt)?.status;
  return {
    says: `Video 2: cancelled by ${mia.name}’s click. Seedance has cancelled its task too.`,
    problems: [
      ...(status === 'cancelled' ? [] : [`the second task is ${status} at Seedance`]),
      ...(ended.video() ? ['the cancelled card shows a video'] : []),
    ],
  };
}

async function ask(
  member: Member,
  told: Transcript,
  options: Record<string, string | number | SimFile>,
): Promise<SimMessage> {
  told.typed(member, 'video', options);
  const { message, ephemeral } = await (await member.slash('video', options)).response;
  if (!message || ephemeral)
    throw new Error(`/video was not taken: ${message?.text() ?? 'no answer'}`);
  return message;
}

function shows(stage: Stage, { id }: SimMessage, words: string): Promise<SimMessage> {
  const find = () => {
    const now = stage.discord.state.messages.get(id);
    return now?.text().includes(words) ? now : undefined;
  };
  return stage.discord.waitFor(find, { what: `a card that says «${words}»` });
}

function taskOf({ seedance }: Stage, prompt: string): SimTask | undefined {
  return [...seedance.state.tasks.values()].find(({ body }) => body.prompt === prompt);
}

async function picture(): Promise<SimFile> {
  const bytes = await readFile(new URL('../media/paper-boat.jpg', import.meta.url));
  return { name: 'boat.jpg', bytes, contentType: 'image/jpeg', width: 1024, height: 576 };
}
