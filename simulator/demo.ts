import {
  animatedMessage,
  cancelledVideo,
  finishedVideo,
  mendedRefusal,
  remixedVideo,
} from './demo/scenes.ts';
import { type Stage, setStage } from './demo/stage.ts';
import { Transcript } from './demo/transcript.ts';

/**
 * `npm run demo`: the real bot between a simulated Discord and a simulated Seedance. Members ask for
 * videos, cancel one, remix one, mend a refusal and animate a message. Exits with 0 only if all of it
 * ended as it should.
 */
const ends = new AsyncDisposableStack();
const told = new Transcript(process.stdout);
let leaving: Promise<void> | undefined;

/** Ends everything that was started, once. */
function leave(): Promise<void> {
  leaving ??= ends.disposeAsync();
  return leaving;
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => void leave().finally(() => process.exit(code)));
}
// Nobody reads any more, as after `| head`.
process.stdout.on('error', () => void leave().finally(() => process.exit(1)));

/** @returns what went wrong, line by line */
async function play(stage: Stage): Promise<string[]> {
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

let stage: Stage | undefined;
try {
  told.line('The real bot, between a simulated Discord and a simulated Seedance on this machine.');
  told.line('Nothing leaves it, and nothing is charged.');
  stage = await setStage(ends);
  fail(await play(stage));
} catch (error) {
  if (!leaving) fail([error instanceof Error ? error.message : String(error)]);
}
await leave();

function fail(problems: string[]): void {
  if (problems.length === 0) return;
  process.exitCode = 1;
  told.line();
  for (const problem of problems) told.line(`Went wrong: ${problem}`);
  if (stage) told.line(`\nThe bot's log:\n${stage.bot.output}`);
}
