// The first of all: see there.
import './http-client.ts';
import PQueue from 'p-queue';
import { surface } from '../commands/index.ts';
import { clock, DAY_MS } from './clock.ts';
import { loadSettings, type Settings, SettingsError, secretsIn } from './config.ts';
import { DiscordAnnouncer } from './discord/announcer.ts';
import { Audit } from './discord/audit.ts';
import { Bot, TokenRefused } from './discord/bot.ts';
import { Memberships } from './discord/memberships.ts';
import { Owners } from './discord/owner.ts';
import { Registration } from './discord/registration.ts';
import { Router } from './discord/router.ts';
import { Threads } from './discord/threads.ts';
import { StoreError } from './errors.ts';
import { CALLED } from './jobs/alarm.ts';
import { Calls } from './jobs/calls.ts';
import { countSteps } from './jobs/count-steps.ts';
import { countedApi } from './jobs/counted-api.ts';
import { keepHouse } from './jobs/housekeeping.ts';
import { LookTurns } from './jobs/look-turns.ts';
import { SUBMITS_AT_ONCE } from './jobs/submit.ts';
import { openKept } from './kept.ts';
import { createLog, type Log } from './log.ts';
import { UNMEASURED } from './measures.ts';
import { Catalogue } from './seedance/catalogue.ts';
import { SeedanceClient } from './seedance/client.ts';
import { sayPlainly, stopInOrder } from './stop.ts';
import { openStorage } from './storage.ts';
import { watchStores } from './watch-stores.ts';

async function start(settings: Settings, log: Log): Promise<void> {
  const { now } = clock;
  const { allowed, limits, pace, AUDIT_CHANNEL_ID: ownersLogId } = settings;
  const storage = await openStorage(settings, log);
  const { isShared, stores, videoDir } = storage;
  const served = settings.HTTP_PORT === undefined ? undefined : await loadServed();
  const metrics = served?.metrics ?? UNMEASURED;
  watchStores(stores, metrics);
  const kept = await openKept(storage, settings, metrics, log);
  const { gate, guilds, jobs, ledger, webhooks } = kept;
  const openJobs = await jobs.open();
  const drafts = (await ledger.open()).flatMap(({ draft }) => draft ?? []);

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
  const audit = new Audit({
    ...{ ...discord, guilds, now },
    owners: { channelId: ownersLogId, prompts: settings.AUDIT_PROMPTS },
  });
  const engine = await storage.makeEngine({
    ...{ ...kept, api, announcer, clock, log, pace, jobTimeoutMs, videoDir },
    calls: new Calls(webhooks !== undefined),
    lookTurns: new LookTurns(settings.LOOKS_PER_SECOND),
    submits: new PQueue({ concurrency: SUBMITS_AT_ONCE }),
  });

  const bot = new Bot({
    ...discord,
    shards: settings.SHARDS,
    onClosed: (line) => {
      if (line) sayPlainly([line]);
      end(1);
    },
  });
  const userInstall = settings.USER_INSTALL;
  const where = { guildsOnly: settings.ALLOWED_GUILDS !== undefined, userInstall };
  const homeId = settings.DISCORD_GUILD_ID;
  const registration = new Registration(
    surface,
    { bot, guilds, log },
    { where, homeId, ownersLogId },
  );
  const router = new Router(surface, {
    ...{ ...kept, isShared, limits, engine, api, audit, ownersLogId, log, now },
    currentOffer: () => catalogue.offer,
    allowedGuilds: settings.ALLOWED_GUILDS,
    minAccountAgeMs: settings.MIN_ACCOUNT_AGE_DAYS * DAY_MS,
    links: { privacy: settings.PRIVACY_URL, support: settings.SUPPORT_URL },
    offerReports: (guildId, isOffered) =>
      registration.offerReports(guildId, isOffered, catalogue.offer),
    owners: new Owners(discord, now),
    onMissed: () => metrics.missed(),
    memberships: new Memberships(now),
    threads: new Threads(),
  });
  const http =
    served &&
    new served.HttpServer({
      isReady: async () => bot.isConnected && (await jobs.isWritable()),
      metrics: () =>
        served.metrics.exposition({
          jobs: engine.inHand(),
          line: ledger.waiting(),
          isConnected: bot.isConnected,
          isStoreHealthy: jobs.healthy,
          isAccountRefused: gate.isShut,
        }),
      hear: (name) => served.metrics.webhookCalled(webhooks?.hear(name) ?? false),
      trouble: (err) => log.error({ err }, 'HTTP_PORT takes no connection (too many open files?)'),
    });

  gate.tellOwner = (words) => announcer.tellOwner(words);
  ledger.onStruck = (memberId, guildId, until) => {
    log.warn({ memberId, guildId, until: new Date(until).toISOString() }, STRUCK);
    audit.note({ kind: 'struck', memberId, guildId, until });
  };
  if (webhooks) webhooks.onCall = (jobId) => engine.wake(jobId, CALLED);
  jobs.onRefused = () => metrics.failed('store', 'write');
  jobs.onStale = (job) => engine.abandon(job);
  jobs.onChange = (job) => {
    countSteps(engine.find(job.id), job, metrics, now());
    audit.noteJob(job);
    engine.note(job);
  };
  catalogue.onChange = () => registration.register(catalogue.offer);

  const historyMs = settings.HISTORY_DAYS * DAY_MS;
  const house = keepHouse({ jobs, ledger, stores, log, now }, historyMs);
  const end = stopInOrder(async () => {
    http?.close();
    house.end();
    catalogue.stop();
    // Last of all the gateway: until then members learn that it is being restarted.
    await Promise.all([router.stop(), engine.stop()]);
    await bot.stop();
    await router.stop();
    await Promise.all([jobs.close(), client.close(), audit.close()]);
    await stores.close();
  }, log);

  if (http && settings.HTTP_PORT !== undefined) {
    const port = await http.listen(settings.HTTP_PORT);
    log.info({ port }, 'Health at /healthz and /readyz, metrics at /metrics');
  }
  void catalogue.follow();
  if (!(await bot.connect(router, () => engine.start(openJobs, drafts)))) return;
  log.info(
    { dailyCredits: settings.DAILY_CREDITS, shards: bot.shards, jobsTakenUp: openJobs.length },
    'Connected. A day costs at most dailyCredits',
  );
  await registration.register(catalogue.offer);
  bot.introduce(userInstall);
  await registration.offerReportsAgain(catalogue.offer);
  // Only now: it reads all that is open once more.
  void house.clean();
}

/**
 * What HTTP_PORT serves, and only then: it is a tenth of all that there is to load. `node:http`, as an
 * ES module, loads the second HTTP client that lies inside Node, too.
 */
async function loadServed() {
  const [{ HttpServer }, { Metrics }] = await Promise.all([
    import('./http.ts'),
    import('./metrics.ts'),
  ]);
  return { HttpServer, metrics: new Metrics(clock.now) };
}

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
