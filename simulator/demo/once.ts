import {
  animatedMessage,
  cancelledVideo,
  finishedVideo,
  mendedRefusal,
  remixedVideo,
} from './scenes.ts';
import { type Stage, setStage } from './stage.ts';
import { Transcript } from './transcript.ts';

/** Long enough for the card that says "Making your video" to be read. */
const RENDER_MS = 1500;

/**
 * Plays a conversation and prints it: members ask for videos, cancel one, remix one, mend a refusal
 * and animate a message. Sets the exit code if anything of it did not end as it should.
 * @throws what the stage could not be set for
 */
export async function playOnce(ends: AsyncDisposableStack): Promise<void> {
  const told = new Transcript(process.stdout);
  told.line('The real bot, between a simulated Discord and a simulated Seedance on this machine.');
  told.line('Nothing leaves it, and nothing is charged.');
  const stage = await setStage(ends, { renderMs: RENDER_MS });
  const problems = await play(stage, told).catch((error: unknown) => [
    error instanceof Error ? error.message : String(error),
  ]);
  if (problems.length === 0 || ends.disposed) return;
  process.exitCode = 1;
  told.line();
  for (const problem of problems) told.line(`Went wrong: ${problem}`);
  told.line(`\nThe bot's log:\n${stage.bot.output}`);
}

/** @returns what went wrong, line by line */
async function play(stage: Stage, told: Transcript): Promise<string[]> {
  const { discord, seedance } = stage;
  const mia = discord.member({ name: 'mia' });
  const ben = discord.member({ name: 'ben' });
  told.follow(discord, seedance);
  told.heading('A picture becomes a video');
  const endings = [await finishedVideo(stage, mia, told)];
  told.heading('Another one is cancelled');
  endings.push(await cancelledVideo(stage, mia, told));
  told.heading('Somebody else makes a remix');
  endings.push(await remixedVideo(stage, ben, told));
  told.heading('A refusal is mended');
  endings.push(await mendedRefusal(stage, mia, told));
  told.heading('A message is animated');
  endings.push(await animatedMessage(stage, mia, ben, told));
  const problems = [
    ...endings.flatMap((ending) => ending.problems),
    ...discord.state.violations.map((rule) => `a rule of Discord was broken: ${rule}`),
    ...seedance.state.violations.map((rule) => `a rule of Seedance was broken: ${rule}`),
  ];
  told.line();
  if (problems.length === 0) for (const { says } of endings) told.line(says);
  return problems;
}
