import type { Figure } from '../figure.ts';
import { median, quantile, spread } from '../quantiles.ts';
import { Stage, WIDE } from '../stage.ts';

const FULL = { jobs: 60, renderMs: 60_000 };
const SHORT = { jobs: 2, renderMs: 300 };

/** Where Seedance calls when a task has ended: from its end to the look that sees it. */
export async function measureWebhook(isShort: boolean): Promise<Figure[]> {
  const { jobs, renderMs } = isShort ? SHORT : FULL;
  await using stage = new Stage();
  const { simulator } = stage;
  const settings = { ...WIDE, HTTP_PORT: '0', PUBLIC_URL: 'https://bot.example' };
  const bot = await stage.start('ours', { settings });
  const { port } = await bot.logged('Health at');
  await simulator.ask('leadWebhooks', {
    from: settings.PUBLIC_URL,
    to: `http://127.0.0.1:${port}`,
  });
  await stage.arrive(bot);
  await stage.makeFirstVideo();
  await simulator.ask('render', { ms: renderMs });
  await stage.type(jobs, 5);
  await simulator.ask('until', { what: 'shown', count: 1 + jobs });
  const waitsMs = (await simulator.ask('waitsMs')).slice(1);
  const looks = (await simulator.ask('looks')).slice(1);
  return [
    {
      measure: 'webhook',
      name: 'with the webhook: seen after its end',
      unit: 's',
      ours: median(waitsMs) / 1000,
      target: { of: 'value', atMost: 0.3 },
      samples: { ours: spread(waitsMs).map((ms) => ms / 1000) },
    },
    {
      measure: 'webhook',
      name: 'with the webhook: the slowest in a hundred',
      unit: 's',
      ours: quantile(waitsMs, 0.99) / 1000,
    },
    {
      measure: 'webhook',
      name: 'with the webhook: looks a job',
      unit: '',
      ours: looks.reduce((sum, count) => sum + count, 0) / jobs,
      target: { of: 'value', atMost: 2 },
      samples: { ours: spread(looks) },
    },
  ];
}
