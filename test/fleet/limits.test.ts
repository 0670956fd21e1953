import { expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import { askForVideo, shows, startWorld } from '../e2e/world.ts';
import { hasPostgres, sharePostgres } from './postgres.ts';

const postgres = sharePostgres();

const PRICE = 40;
const AFFORDABLE = 12;
const RACING = 50;

test.skipIf(!hasPostgres)(
  `${RACING} commands race over three processes: the day's credits hold to the last one`,
  { timeout: 120_000 },
  async () => {
    const world = await startWorld({
      settings: {
        DATABASE_URL: await postgres().createDatabase(),
        // One credit short of one more; and one video more, by which the price is learned.
        DAILY_CREDITS: String((AFFORDABLE + 1) * PRICE + PRICE - 1),
        SEEDANCE_MAX_CONCURRENT: '100',
      },
      // This is about who may, not about how long a busy machine takes to say so.
      discord: { ackDeadlineMs: 30_000 },
      tolerates: /second acknowledgement/,
    });
    const others = [world.another(), world.another()];
    await Promise.all(others.map((one) => one.startAndConnect()));
    const { card } = await askForVideo(world);
    await shows(world, card, `${PRICE} credits`);

    const members = Array.from({ length: RACING }, (_, index) =>
      world.discord.member({ name: `member${index}` }),
    );
    const cards: SimMessage[] = [];
    let asking = members;
    // What one process held for a command that another refused is given back a moment later.
    while (cards.length < AFFORDABLE) {
      const answers = await Promise.all(asking.map(askUntilAnswered));
      cards.push(...answers.filter(({ ephemeral }) => !ephemeral));
      asking = asking.filter((_, n) => answers[n]?.ephemeral);
    }
    expect(cards).toHaveLength(AFFORDABLE);
    for (const message of await Promise.all(asking.map(askUntilAnswered))) {
      expect(message.ephemeral).toBe(true);
      expect(message.text()).toContain('is not enough');
    }
    for (const message of cards) await shows(world, message, `${PRICE} credits`);
    const charged = [...world.seedance.state.tasks.values()].map((task) => task.creditsCharged);
    expect(charged).toEqual(Array.from({ length: AFFORDABLE + 1 }, () => PRICE));
  },
);

/** As a member would: where the bot says that it can't tell just now, they ask again. */
async function askUntilAnswered(member: Member): Promise<SimMessage> {
  for (;;) {
    const asked = await member.slash('video', { prompt: 'A paper boat' });
    const { message } = await asked.response;
    if (!message) throw new Error('A command was not answered');
    if (!message.text().includes('can’t take new videos for a moment')) return message;
  }
}
