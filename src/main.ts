import { Keyv } from 'keyv';
import { surface } from '../commands/index.ts';
import { clock } from './clock.ts';
import { loadSettings, type Settings, SettingsError, secretsIn } from './config.ts';
import { DiscordAnnouncer } from './discord/announcer.ts';
import { Bot, TokenRefused } from './discord/bot.ts';
import { declare } from './discord/declare.ts';
import { Router } from './discord/router.ts';
import { StoreError } from './errors.ts';
import { HttpServer } from './http.ts';
import { countSteps } from './jobs/count-steps.ts';
import { countedApi } from './jobs/counted-api.ts';
import { Durations } from './jobs/durations.ts';
import { Gate } from './jobs/gate.ts';
import { keepHouse } from './jobs/housekeeping.ts';
import { loadKey } from './jobs/kept-key.ts';
import { Ledger } from './jobs/ledger.ts';
import { Marks } from './jobs/marks.ts';
import { Prices } from './jobs/prices.ts';
import { loadPseudonyms } from './jobs/pseudonyms.ts';
import { Jobs } from './jobs/store.ts';
import { createLog, type Log } from './log.ts';
import { FormDrafts } from './members/form-drafts.ts';
import { PreferenceStore } from './members/preferences.ts';
import { Metrics } from './metrics.ts';
import { Catalogue } from './seedance/catalogue.ts';
import { SeedanceClient } from './seedance/client.ts';
import { sayPlainly, stopInOrder } from './stop.ts';
import { openStorage } from './storage.ts';
import { Webhooks } from './webhooks.ts';

async function start(settings: Settings, log: Log): Promise<void> {
  const storage = await openStorage(settings, log);
  const { stores, isShared, videoDir } = storage;
  const { now } = clock;
  const metrics = new Metrics(now);
  for (const [kind, store] of Object.entries(stores)) {
    if (store instanceof Keyv) store.on('error', () => metrics.failed('store', kind));
  }
  const { allowed, limits, pace } = settings;
  const slots = settings.SEEDANCE_MAX_CONCURRENT;
  const pseudonymOf = await storage.once(() => loadPseudonyms(stores.account));
  const prices = await Prices.load(stores.account, log, isShared);
  const durations = await Durations.load(stores.account, log);
  const shut = { minMs: 2 * pace.maxMs, maxMs: 120 * pace.maxMs };
  const gate = await Gate.load(stores.account, log, shut, now);
  const ledger = new Ledger(stores.book, prices, { limits, slots, now, pseudonymOf });
  ledger.onStruck = (memberId, guildId, until) => {
    log.warn({ memberId, guildId, until: new Date(until).toISOString() }, STRUCK);
  };
  const records = stores.recordsWith(ledger);
  const { probe, scrub } = stores;
  const jobs = new Jobs({ records, marks: new Marks(stores), probe, scrub, log, now });
  const openJobs = await jobs.open();
  const drafts = (await ledger.open()).flatMap(({ draft }) => draft ?? []);

  const webhooks =
    settings.PUBLIC_URL === undefined
      ? undefined
      : new Webhooks(
          settings.PUBLIC_URL,
          await storage.once(() => loadKey(stores.account, 'webhooks')),
        );
  const client = new SeedanceClient({
    apiUrl: settings.SEEDANCE_API_URL,
    apiKey: settings.SEEDANCE_API_KEY,
    webhookUrlOf: webhooks && ((jobId) => webhooks.urlOf(jobId)),
    log,
  });
  const api = countedApi(client, metrics);
  const catalogue = new Catalogue({ api: client, allowed, clock, log });
  const jobTimeoutMs = settings.JOB_TIMEOUT_MINUTES * 60_000;
  const discord = { apiUrl: settings.DISCORD_API_URL, token: settings.DISCORD_TOKEN, log, metrics };
  const announcer = new DiscordAnnouncer({ ...discord, jobTimeoutMs });
  gate.tellOwner = (words) => announcer.tellOwner(words);
  const hasWebhook = webhooks !== undefined;
  const kept = { jobs, prices, durations, ledger, gate };
  const parts = { ...kept, api, announcer, clock, log, pace, jobTimeoutMs, videoDir, hasWebhook };
  const engine = await storage.makeEngine(parts);
  if (webhooks) webhooks.onCall = (jobId) => engine.wake(jobId);
  jobs.onChange = (job) => {
    countSteps(engine.find(job.id), job, metrics, now());
    engine.note(job);
  };
  jobs.onStale = (jobId) => engine.abandon(jobId);

  const router = new Router(surface, {
    ...{ ...kept, limits, engine, api, log, now },
    currentOffer: () => catalogue.offer,
    allowedGuilds: settings.ALLOWED_GUILDS,
    links: { privacy: settings.PRIVACY_URL, support: settings.SUPPORT_URL },
    drafts: new FormDrafts(stores.drafts),
    preferences: new PreferenceStore(stores.preferences, log),
  });
  const bot = new Bot({
    ...discord,
    shards: settings.SHARDS,
    onClosed: (line) => {
      if (line) sayPlainly([line]);
      end(1);
    },
  });
  const http = new HttpServer({
    isReady: async () => bot.isConnected && (await jobs.isWritable()),
    metrics: () =>
      metrics.exposition({
        jobs: engine.inHand(),
        isConnected: bot.isConnected,
        isStoreHealthy: jobs.healthy,
        isAccountRefused: gate.isShut,
      }),
    hear(name) {
      const isOurs = webhooks?.hear(name) ?? false;
      metrics.webhookCalled(isOurs ? 'heard' : 'unknown');
      return isOurs;
    },
  });

  const endHousekeeping = keepHouse(
    { jobs, ledger, stores, log, now },
    settings.HISTORY_DAYS * DAY_MS,
  );
  const end = stopInOrder(async () => {
    http.close();
    endHousekeeping();
    catalogue.stop();
    // Last of all the gateway: until then members learn that it is being restarted.
    await Promise.all([router.stop(), engine.stop()]);
    await bot.stop();
    await router.stop();
    await Promise.all([jobs.close(), client.close()]);
    await stores.close();
  }, log);

  if (settings.HTTP_PORT !== undefined) {
    const port = await http.listen(settings.HTTP_PORT);
    log.info({ port }, 'Health at /healthz and /readyz, metrics at /metrics');
  }
  const { USER_INSTALL: userInstall, DISCORD_GUILD_ID: guildId } = settings;
  const where = { guildsOnly: settings.ALLOWED_GUILDS !== undefined, userInstall };
  const register = () => bot.register(declare(surface, catalogue.offer, where), guildId);
  catalogue.onChange = register;
  void catalogue.follow();
  await bot.connect(router, () => engine.start(openJobs, drafts));
  log.info(
    { dailyCredits: settings.DAILY_CREDITS, shards: bot.shards, jobsTakenUp: openJobs.length },
    'Connected. A day costs at most dailyCredits',
  );
  await register();
  bot.introduce(userInstall);
}

const DAY_MS = 86_400_000;

const STRUCK =
  'Three videos of this member were refused for their content within a day: they can make none for a day';

try {
  const settings = loadSettings();
  const secrets = secretsIn(settings);
  await start(settings, createLog({ level: settings.LOG_LEVEL, secrets }));
} catch (error) {
  if (error instanceof SettingsError) sayPlainly(error.lines);
  else if (error instanceof TokenRefused) sayPlainly([error.message]);
  else if (error instanceof StoreError) sayPlainly([error.message]);
  else throw error;
  process.exit(1);
}
