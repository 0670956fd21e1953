import { expect, test } from 'vitest';
import { askForVideo, shareWorld, shows, startWorld, type World } from './world.ts';

const world = shareWorld();

/** Asks while the connection is gone and a job renders, and expects both videos. */
async function expectNothingMissed(breakUp: () => void, resumes: number): Promise<void> {
  const { discord, seedance } = world();
  const { size } = seedance.state.tasks;
  seedance.hold();
  const before = await askForVideo(world(), { prompt: 'Before' });
  await seedance.waitFor(({ state }) => state.tasks.size > size);
  breakUp();
  await discord.waitFor(({ state }) => state.gatewaySessions[0]?.connected === false);
  const { response } = await discord.member().slash('video', { prompt: 'Meanwhile' });
  seedance.release();
  const { message, ephemeral } = await response;
  expect(ephemeral).toBe(false);
  await shows(world(), before.card, 'AI-generated');
  await shows(world(), message, 'AI-generated');
  await discord.waitFor(({ state }) => state.gatewaySessions[0]?.connected);
  expect(discord.state.gatewaySessions).toMatchObject([{ resumes, connected: true }]);
  expect(seedance.state.submits).toBe(size + 2);
}

test('a connection that drops is resumed, and a command of the meantime is answered', async () => {
  await expectNothingMissed(() => world().discord.dropGateway(), 1);
});

test('Discord asks it to connect anew (op 7): it resumes, and misses nothing', async () => {
  await expectNothingMissed(() => world().discord.askReconnect(), 2);
});

/** Takes the session away while a job renders: the job goes on, and commands come again. */
async function expectNewSession(of: World, breakUp: () => void): Promise<void> {
  const { discord, seedance } = of;
  const { size } = seedance.state.tasks;
  seedance.hold();
  const before = await askForVideo(of, { prompt: 'Before the loss' });
  await seedance.waitFor(({ state }) => state.tasks.size > size);
  breakUp();
  seedance.release();
  await shows(of, before.card, 'AI-generated');
  await discord.waitFor(({ state }) => state.gatewaySessions[1]?.connected, {
    timeoutMs: 20_000,
    what: 'a new session',
  });
  const after = await askForVideo(of, { prompt: 'After the loss' });
  await shows(of, after.card, 'AI-generated');
  expect(discord.state.gatewaySessions).toHaveLength(2);
  expect(seedance.state.submits).toBe(size + 2);
}

// Discord allows one new session in five seconds: the two wait for theirs together.
test('a session that is lost (no RESUME, or op 9) is replaced by a new one, and jobs go on meanwhile', async () => {
  const one = world();
  const two = await startWorld();
  await Promise.all([
    expectNewSession(one, () => one.discord.dropGateway({ canResume: false })),
    expectNewSession(two, () => two.discord.invalidateSession()),
  ]);
});
