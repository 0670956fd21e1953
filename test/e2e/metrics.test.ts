import { describe, expect, test } from 'vitest';
import { promtool, WITHOUT_PROMTOOL } from '../deploy/promtool.ts';
import { samplesIn } from '../samples.ts';
import { metricsOf } from './served.ts';
import { askAndHold, askForVideo, shareWorld, shows, startWorld } from './world.ts';

describe('the metrics of a bot at work', () => {
  const shared = shareWorld({ settings: { HTTP_PORT: '0', SEEDANCE_MAX_CONCURRENT: '1' } });
  const samples = async () => samplesIn(await metricsOf(shared().bot));

  test('show what is under way and what waits for it', async () => {
    const world = shared();
    const { card } = await askAndHold(world);
    const { card: second } = await askForVideo(world);
    expect(second.text()).toContain('In line');
    // A card stands a moment before its job is taken up.
    await expect.poll(async () => (await samples()).get('jobs{state="waiting"}')).toBe(1);
    const now = await samples();
    expect(now.get('line_length')).toBe(1);
    expect(now.get('jobs{state="queued"}') ?? 0).toBe(1);
    expect(now.get('discord_connected')).toBe(1);
    expect(now.get('store_healthy')).toBe(1);

    world.seedance.release();
    await shows(world, card, 'AI-generated');
    await shows(world, second, 'AI-generated');
  });

  test('count what was made, what it took and what it cost', async () => {
    const world = shared();
    const before = await samples();
    const grewBy = async (name: string) =>
      ((await samples()).get(name) ?? 0) - (before.get(name) ?? 0);
    const seen = world.bot.logs.length;
    const { card } = await askForVideo(world);
    await shows(world, card, 'AI-generated');
    await world.bot.logged(({ msg }) => msg === 'Done', seen);
    expect(await grewBy('jobs_ended_total{outcome="succeeded",cause=""}')).toBe(1);
    expect(await grewBy('credits_charged_total')).toBe(40);
    expect(await grewBy('acknowledgement_duration_seconds_count')).toBe(1);
    expect(await grewBy('looks_total{saw="succeeded"}')).toBe(1);
    for (const stage of ['line', 'submit', 'generation', 'delivery']) {
      expect(await grewBy(`stage_duration_seconds_count{stage="${stage}"}`), stage).toBe(1);
    }
    expect((await samples()).get('line_length')).toBe(0);
  });

  test('count failures by their cause, and errors by their kind', async () => {
    const world = shared();
    const { seedance, discord } = world;
    const refused = await askForVideo(world, { prompt: 'A boat [[refuse prompt]]' });
    await shows(world, refused.card, 'The prompt was refused');
    seedance.faults.add({ route: 'look', do: { status: 500 } });
    seedance.faults.add({ route: 'download', do: { status: 404 } });
    discord.faults.add({ method: 'PATCH', do: { status: 502 } });
    discord.faults.add({
      method: 'PATCH',
      do: {
        status: 429,
        headers: { 'retry-after': '0', 'x-ratelimit-scope': 'shared' },
        body: { retry_after: 0, global: false },
      },
    });
    const { card } = await askForVideo(world);
    await shows(world, card, 'AI-generated');
    const now = await samples();
    expect(now.get('jobs_ended_total{outcome="failed",cause="prompt"}')).toBe(1);
    for (const [source, kind] of [
      ['seedance', 'look-trouble'],
      ['seedance', 'download-again'],
      ['discord', '502'],
      ['discord', '429'],
    ]) {
      expect(now.get(`errors_total{source="${source}",kind="${kind}"}`), kind).toBe(1);
    }
    expect(now.get('discord_rate_limits_total{scope="shared"}')).toBe(1);
  });

  test('tell of each command that was answered too late, and of no suggestion', async () => {
    const { bot, discord } = shared();
    const missed = async () => (await samples()).get('interactions_missed_total') ?? 0;
    const before = await missed();
    const late = { path: /callback$/, do: { status: 404, code: 10062 } };
    const seenLate = async (ask: () => Promise<unknown>) => {
      const seen = bot.logs.length;
      ask().catch(() => {});
      await bot.logged(({ msg }) => msg === 'This interaction was answered too late', seen);
    };
    const member = discord.member();
    discord.faults.add(late);
    await seenLate(() => member.slash('help', {}));
    expect(await missed()).toBe(before + 1);
    // What went wrong first, and in time, is told too late.
    discord.faults.add({ path: /callback$/, do: { status: 500 } });
    discord.faults.add(late);
    await seenLate(() => member.slash('help', {}));
    expect(await missed()).toBe(before + 2);
    discord.faults.add(late);
    await seenLate(() => member.autocomplete('video', 'duration', { duration: '4' }));
    expect(await missed()).toBe(before + 2);
  });

  test('hold no id, no word of a member and no secret', async () => {
    const world = shared();
    const { card, asked, member } = await askForVideo(world, { prompt: 'A very private wish' });
    await shows(world, card, 'AI-generated');
    const text = await metricsOf(world.bot);
    const { token } = world.discord;
    for (const secret of [asked.id, member.id, card.id, card.channelId, 'wish', 'req_', token]) {
      expect(text).not.toContain(secret);
    }
  });

  test.skipIf(WITHOUT_PROMTOOL)('are as Prometheus wants them', async () => {
    expect(promtool(['check', 'metrics'], await metricsOf(shared().bot))).toBe('');
  });
});

test('a key that is refused is shown until it works again, and a lost submit as unconfirmed', async () => {
  const settings = { HTTP_PORT: '0', POLL_MAX_MS: '1000' };
  const world = await startWorld({ settings });
  const { seedance, bot } = world;
  seedance.faults.add({ route: 'submit', do: 'reset-after' });
  const lost = await askForVideo(world);
  await shows(world, lost.card, 'We lost the answer');
  seedance.faults.add({ route: 'submit', do: { status: 402 } });
  const { card } = await askForVideo(world);
  await shows(world, card, 'The bot can’t make videos right now');
  const samples = samplesIn(await metricsOf(bot));
  expect(samples.get('jobs_ended_total{outcome="unconfirmed",cause=""}')).toBe(1);
  expect(samples.get('jobs_ended_total{outcome="failed",cause="account"}')).toBe(1);
  expect(samples.get('account_refused')).toBe(1);
  expect(samples.get('errors_total{source="seedance",kind="submit-refused"}')).toBe(1);
});
