import { cancelledVideo, finishedVideo } from './demo/scenes.ts';
import { type Stage, setStage } from './demo/stage.ts';
import { Transcript } from './demo/transcript.ts';

/**
 * `npm run demo`: the real bot between a simulated Discord and a simulated Seedance. A member asks
 * for one video and cancels another. Exits with 0 only if both ended as they should.
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
  told.follow(discord, seedance);
  told.heading('A picture becomes a video');
  const first = await finishedVideo(stage, mia, told);
  told.heading('Another one is cancelled');
  const second = await cancelledVideo(stage, mia, told);
  const problems = [
    ...first.problems,
    ...second.problems,
    ...discord.state.violations.map((rule) => `a rule of Discord was broken: ${rule}`),
    ...seedance.state.violations.map((rule) => `a rule of Seedance was broken: ${rule}`),
  ];
  told.line();
  if (problems.length === 0) for (const { says } of [first, second]) told.line(says);
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
