import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { surface } from '../commands/index.ts';
import { clock } from './clock.ts';
import { loadSettings, type Settings, SettingsError } from './config.ts';
import { DiscordAnnouncer } from './discord/announcer.ts';
import { Bot, TokenRefused } from './discord/bot.ts';
import { declare } from './discord/declare.ts';
import { Router } from './discord/router.ts';
import { StoreError } from './errors.ts';
import { HealthServer } from './http.ts';
import { Durations } from './jobs/durations.ts';
import { LocalEngine } from './jobs/engine.ts';
import { Gate } from './jobs/gate.ts';
import { keepHouse } from './jobs/housekeeping.ts';
import { Ledger } from './jobs/ledger.ts';
import { Marks } from './jobs/marks.ts';
import { Prices } from './jobs/prices.ts';
import { loadPseudonyms } from './jobs/pseudonyms.ts';
import { KeyvRecords } from './jobs/records.ts';
import { Jobs } from './jobs/store.ts';
import { createLog, type Log } from './log.ts';
import { FormDrafts } from './members/form-drafts.ts';
import { PreferenceStore } from './members/preferences.ts';
import { SeedanceClient } from './seedance/client.ts';
import { sayPlainly, stopInOrder } from './stop.ts';
import { openEmbeddedStores } from './store/embedded.ts';

async function start(settings: Settings, log: Log): Promise<void> {
  const stores = openEmbeddedStores(settings.DATA_DIR);
  const videoDir = join(settings.DATA_DIR, 'videos');
  rmSync(videoDir, { recursive: true, force: true });
  mkdirSync(videoDir, { recursive: true });

  const { now } = clock;
  const { limits, offer, pace } = settings;
  const slots = settings.SEEDANCE_MAX_CONCURRENT;
  const pseudonymOf = await loadPseudonyms(stores.account);
  const prices = await Prices.load(stores.account, log);
  const durations = await Durations.load(stores.account, log);
  const shut = { minMs: 2 * pace.maxMs, maxMs: 120 * pace.maxMs };
  const gate = await Gate.load(stores.account, log, shut, now);
  const ledger = new Ledger(stores.book, prices, { limits, slots, now, pseudonymOf });
  ledger.onStruck = (memberId, guildId, until) => {
    log.warn({ memberId, guildId, until: new Date(until).toISOString() }, STRUCK);
  };
  const records = new KeyvRecords(stores.jobs, stores.jobIndex, ledger);
  const { probe, scrub } = stores;
  const jobs = new Jobs({ records, marks: new Marks(stores), probe, scrub, log, now });
  const openJobs = await jobs.open();
  const drafts = (await ledger.open()).flatMap(({ draft }) => draft ?? []);

  const api = new SeedanceClient({
    apiUrl: settings.SEEDANCE_API_URL,
    apiKey: settings.SEEDANCE_API_KEY,
    log,
  });
  const jobTimeoutMs = settings.JOB_TIMEOUT_MINUTES * 60_000;
  const discord = { apiUrl: settings.DISCORD_API_URL, token: settings.DISCORD_TOKEN, log };
  const announcer = new DiscordAnnouncer({ ...discord, jobTimeoutMs });
  gate.tellOwner = (words) => announcer.tellOwner(words);
  const kept = { jobs, prices, durations, ledger, gate };
  const parts = { ...kept, api, announcer, clock, log, pace, jobTimeoutMs, videoDir };
  const engine = new LocalEngine(parts, slots);
  jobs.onChange = (job) => engine.note(job);

  const router = new Router(surface, {
    ...{ ...kept, limits, offer, engine, api, log, now },
    allowedGuilds: settings.ALLOWED_GUILDS,
    links: { privacy: settings.PRIVACY_URL, support: settings.SUPPORT_URL },
    drafts: new FormDrafts(stores.drafts),
    preferences: new PreferenceStore(stores.preferences, log),
  });
  const bot = new Bot({
    ...discord,
    onClosed: (isTokenRefused) => {
      if (isTokenRefused) sayPlainly([TOKEN_REFUSED]);
      end(1);
    },
  });
  const health = new HealthServer(async () => bot.isConnected && (await jobs.isWritable()));

  const end = stopInOrder(async () => {
    health.close();
    endHousekeeping();
    await Promise.all([bot.stop(), router.stop(), engine.stop()]);
    await Promise.all([jobs.close(), api.close()]);
    stores.close();
  }, log);

  if (settings.HTTP_PORT !== undefined) {
    const port = await health.listen(settings.HTTP_PORT);
    log.info({ port }, 'Health at /healthz and /readyz');
  }
  await bot.connect(router, () => engine.start(openJobs, drafts));
  const endHousekeeping = keepHouse({ jobs, ledger, log, now }, settings.HISTORY_DAYS * DAY_MS);
  log.info(
    { dailyCredits: settings.DAILY_CREDITS, jobsTakenUp: openJobs.length },
    'Connected. A day costs at most dailyCredits',
  );
  const userInstall = settings.USER_INSTALL;
  const where = { guildsOnly: settings.ALLOWED_GUILDS !== undefined, userInstall };
  const declared = declare(surface, offer, where);
  await bot.introduce(declared, { guildId: settings.DISCORD_GUILD_ID, userInstall });
}

const DAY_MS = 86_400_000;

const STRUCK =
  'Three videos of this member were refused for their content within a day: they can make none for a day';

const TOKEN_REFUSED =
  'DISCORD_TOKEN is wrong: Discord refuses it. Copy it anew from the developer portal, under Bot';

try {
  const settings = loadSettings();
  const secrets = [settings.DISCORD_TOKEN, settings.SEEDANCE_API_KEY];
  await start(settings, createLog({ level: settings.LOG_LEVEL, secrets }));
} catch (error) {
  if (error instanceof SettingsError) sayPlainly(error.lines);
  else if (error instanceof TokenRefused) sayPlainly([TOKEN_REFUSED]);
  else if (error instanceof StoreError) sayPlainly([error.message]);
  else throw error;
  process.exit(1);
}
