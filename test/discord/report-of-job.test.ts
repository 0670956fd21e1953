import { describe, expect, it } from 'vitest';
import { reportOfJob } from '../../src/discord/post-report.ts';
import { readCard } from '../../src/discord/read-card.ts';
import { Words } from '../../src/words.ts';
import { aJob, NOON } from '../jobs/a-job.ts';
import { aClient } from './an-interaction.ts';

const BUCKET = 'https://bucket.example/v.mp4';
const job = aJob({ outcome: { kind: 'succeeded', url: BUCKET }, state: 'succeeded' });
const hex = (time: number) => Math.floor(time / 1000).toString(16);
const keptUntil = (time: number) =>
  `https://cdn.discordapp.com/attachments/1/2/seedance-1.mp4?ex=${hex(time)}&is=1&hm=2`;

/** A card's message as Discord gives it, with that in its gallery. */
function aMessage(url: string) {
  return {
    author: { id: '10' },
    interaction_metadata: { user: { id: '900' } },
    components: [{ type: 17, components: [{ type: 12, items: [{ media: { url } }] }] }],
  };
}

function read(message: object) {
  const { client } = aClient(message);
  return readCard(client.rest, { channelId: '30', messageId: '40' }, NOON);
}

describe('a reported video', () => {
  it('is shown from the message that holds it', async () => {
    const url = keptUntil(NOON + 1000);
    const told = JSON.stringify(reportOfJob(job, await read(aMessage(url)), '7')(Words.in('en')));
    expect(told).toContain(url);
    expect(told).not.toContain(BUCKET);
    expect(told).not.toContain('won’t last');
  });

  it.each([
    ['only linked to', aMessage(BUCKET)],
    ['held no more', aMessage(keptUntil(NOON - 1000))],
    ['nowhere', { author: { id: '10' } }],
  ])('that is %s is shown from its link, which won’t last', async (_, message) => {
    const told = JSON.stringify(reportOfJob(job, await read(message), '7')(Words.in('en')));
    expect(told).toContain(BUCKET);
    expect(told).toContain('won’t last');
  });
});
