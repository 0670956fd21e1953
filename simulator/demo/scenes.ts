import type { Member } from '../discord/discord.ts';
import { answerOf, ask, type Ending, fillIn, picture, press, shows, taskOf } from './acting.ts';
import type { Stage } from './stage.ts';
import type { Transcript } from './transcript.ts';

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
  await press(mia, told, card, 'Cancel');
  const ended = await shows(stage, card, '**Cancelled**');
  stage.seedance.release();
  const status = taskOf(stage, prompt)?.status;
  return {
    says: `Video 2: cancelled by ${mia.name}’s click. Seedance has cancelled its task too.`,
    problems: [
      ...(status === 'cancelled' ? [] : [`the second task is ${status} at Seedance`]),
      ...(ended.video() ? ['the cancelled card shows a video'] : []),
    ],
  };
}

/** Another member makes it their own. */
export async function remixedVideo(stage: Stage, ben: Member, told: Transcript): Promise<Ending> {
  const finished = [...stage.discord.state.messages.values()].find((message) => message.video());
  if (!finished) throw new Error('there is no video to remix');
  const prompt = 'A paper boat in a storm, seen from above.';
  const opened = await press(ben, told, finished, 'Remix');
  const card = await fillIn(ben, told, opened, prompt);
  const remixed = await shows(stage, card, 'AI-generated');
  const references = taskOf(stage, prompt)?.fetchedMedia.length;
  return {
    says: `Video 3: ${ben.name}’s remix of the first, with the same picture.`,
    problems: [
      ...(remixed.reference === finished.id ? [] : ['the remix does not reply to its card']),
      ...(references === 1 ? [] : [`the remix has ${references} references instead of 1`]),
    ],
  };
}

/** What is refused is mended with one click. */
export async function mendedRefusal(stage: Stage, mia: Member, told: Transcript): Promise<Ending> {
  const prompt = 'Rain on a tin roof';
  const refusal = await ask(mia, told, { prompt, model: 'seedance-1.5-pro', duration: 7 });
  const before = taskOf(stage, prompt);
  const card = await answerOf(await press(mia, told, refusal, 'Make it 10 s'));
  await shows(stage, card, 'AI-generated');
  const seconds = taskOf(stage, prompt)?.settings.duration;
  return {
    says: `Video 4: refused in private, mended with a click, ${seconds} s.`,
    problems: [
      ...(refusal.ephemeral ? [] : ['the refusal was seen by everyone']),
      ...(before ? ['what was refused was submitted'] : []),
      ...(seconds === 10 ? [] : [`the mended video is ${seconds} s long`]),
    ],
  };
}

/** Somebody's picture, in an ordinary message, comes to life. */
export async function animatedMessage(
  stage: Stage,
  mia: Member,
  ben: Member,
  told: Transcript,
): Promise<Ending> {
  const said = await ben.say('Look what I folded!', { files: [await picture()] });
  told.used(mia, 'Animate');
  const prompt = 'It sets sail';
  const card = await fillIn(mia, told, await mia.messageCommand('Animate', said), prompt);
  const animated = await shows(stage, card, 'AI-generated');
  return {
    says: `Video 5: made of the picture in ${ben.name}’s message, which its card links.`,
    problems: [
      ...(animated.text().includes(said.id) ? [] : ['the card does not link the message']),
      ...(taskOf(stage, prompt)?.fetchedMedia.some(({ status }) => status === 200)
        ? []
        : ['Seedance never got the picture of the message']),
    ],
  };
}
