import { describe, expect, it } from 'vitest';
import { more } from '../../commands/more.ts';
import type { Job } from '../../src/jobs/job.ts';
import { aContext } from '../discord/a-context.ts';
import { aClient, aPress } from '../discord/an-interaction.ts';
import { aJob, NOON } from '../jobs/a-job.ts';

const card = { ...aJob().card, isGuest: true, messageId: '77', channelId: '30' };
/** Finished long ago, where only a token reaches it. */
const FINISHED = aJob({
  state: 'succeeded',
  outcome: { kind: 'succeeded', url: 'https://bucket.example/1.mp4' },
  endedAt: NOON - 3_600_000,
  card: { ...card, tokenExpiresAt: NOON - 1 },
});

/**
 * @param inHand the job as its run has it
 * @param before as it had it when the press came
 * @returns its record after a press of More
 */
async function pressed(inHand: Job, before = inHand): Promise<Job | undefined> {
  const context = await aContext();
  await context.jobs.keep(inHand);
  const seen = [before];
  Object.assign(context.engine, { find: () => seen.shift() ?? inHand, isInHand: () => true });
  const { client } = aClient();
  await more.press(aPress(client, '77', 'more:1'), context, inHand.id);
  return context.jobs.get(inHand.id);
}

describe('More, on a card that its token no longer reaches', () => {
  it('brings a new one, though the run has yet to let go of a job that has ended', async () => {
    expect(await pressed(FINISHED)).toMatchObject({ card: { token: 'token of the press' } });
  });

  it('leaves a job ended that ended while it was pressed', async () => {
    expect(await pressed(FINISHED, { ...FINISHED, state: 'delivering' })).toMatchObject({
      state: 'succeeded',
      card: { token: 'token of the press' },
    });
  });

  it('changes nothing of a job whose run is still to write its record', async () => {
    const delivering: Job = { ...FINISHED, state: 'delivering' };
    expect(await pressed(delivering)).toEqual(delivering);
  });
});
