import { expect, test } from 'vitest';
import { askForVideo, shows, startWorld } from '../e2e/world.ts';
import { hasPostgres, sharePostgres } from './postgres.ts';

const postgres = sharePostgres();

const PRICE = 40;
const AFFORDABLE = 12;
const RACING = 50;

test.skipIf(!hasPostgres)(
  `${RACING} commands race over three processes: the day's credits hold to the last one`,
  async () => {
    const world = await startWorld({
      settings: {
        DATABASE_URL: await postgres().createDatabase(),
        // One credit short of one more; and one video more, by which the price is learned.
        DAILY_CREDITS: String((AFFORDABLE + 1) * PRICE + PRICE - 1),
        SEEDANCE_MAX_CONCURRENT: '100',
      },
      tolerates: /second acknowledgement/,
    });
    const others = [world.another(), world.another()];
    await Promise.all(others.map((one) => one.startAndConnect()));
    const { card } = await askForVideo(world);
    await shows(world, card, `${PRICE} credits`);

    const asked = await Promise.all(
      Array.from({ length: RACING }, (_, index) =>
        world.discord.member({ name: `member${index}` }).slash('video', { prompt: 'A paper boat' }),
      ),
    );
    const responses = await Promise.all(asked.map(({ response }) => response));
    console.log(responses.map((r) => `${r.ephemeral} ${r.message?.text()}`).slice(0, 5));
    const refused = responses.filter(({ ephemeral }) => ephemeral);
    expect(refused).toHaveLength(RACING - AFFORDABLE);
    for (const { message } of refused) expect(message?.text()).toContain('is not enough');
    for (const { message, ephemeral } of responses) {
      if (!ephemeral && message) await shows(world, message, `${PRICE} credits`);
    }
    const charged = [...world.seedance.state.tasks.values()].map((task) => task.creditsCharged);
    expect(charged).toEqual(Array.from({ length: AFFORDABLE + 1 }, () => PRICE));
  },
);
