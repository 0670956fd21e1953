import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { surface } from '../commands/index.ts';
import { clock, dayOf } from './clock.ts';
import { loadSettings, type Settings, SettingsError } from './config.ts';
import { DiscordAnnouncer } from './discord/announcer.ts';
import { Audit } from './discord/audit.ts';
import { Bot, TokenRefused } from './discord/bot.ts';
import { declare } from './discord/declare.ts';
import { Owners } from './discord/owner.ts';
import { Router } from './discord/router.ts';
import { StoreError } from './errors.ts';
import { Guilds } from './guilds/guilds.ts';
import { HealthServer } from './http.ts';
import { Durations } from './jobs/durations.ts';
import { LocalEngine } from './jobs/engine.ts';
import { Gate } from './jobs/gate.ts';
import { Ledger } from './jobs/ledger.ts';
import { Prices } from './jobs/prices.ts';
import { loadPseudonyms } from './jobs/pseudonyms.ts';
import { Reports } from './jobs/reports.ts';
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
  const pseudonymOf = await loadPseudonyms(stores.account);
  const jobs = new Jobs(stores, log, { pseudonymOf, now });
  const prices = await Prices.load(stores.account, log);
  const durations = await Durations.load(stores.account, log);
  const { limits, offer, pace } = settings;
  const shut = { minMs: 2 * pace.maxMs, maxMs: 120 * pace.maxMs };
  const gate = await Gate.load(stores.account, log, shut, now);
  const ledger = new Ledger(limits, prices, now, pseudonymOf);
  const openJobs = await jobs.open();
  const jobsOfToday = await jobs.ofDay(dayOf(now()));
  for (const job of [...jobsOfToday, ...openJobs]) ledger.note(job);

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
  const engine = new LocalEngine(parts, settings.SEEDANCE_MAX_CONCURRENT);
  const guilds = new Guilds(stores.guilds);
  const audit = new Audit({
    ...{ ...discord, guilds, now },
    owners: { channelId: settings.AUDIT_CHANNEL_ID, prompts: settings.AUDIT_PROMPTS },
  });
  jobs.onChange = (job) => {
    audit.noteJob(job);
    ledger.note(job);
    engine.note(job);
  };

  const where = {
    guildsOnly: settings.ALLOWED_GUILDS !== undefined,
    userInstall: settings.USER_INSTALL,
  };
  const offerReports = async (guildId: string, takesReports: boolean): Promise<void> => {
    if (settings.AUDIT_CHANNEL_ID !== undefined) return;
    const isHome = guildId === settings.DISCORD_GUILD_ID;
    const report = takesReports ? [surface.messageCommands['Report video'].declare()] : [];
    const declared = isHome ? declare(surface, offer, { ...where, takesReports }) : report;
    await bot.register(declared, guildId);
  };
  const router = new Router(surface, {
    ...{ ...kept, offer, engine, api, log, now },
    allowedGuilds: settings.ALLOWED_GUILDS,
    links: { privacy: settings.PRIVACY_URL, support: settings.SUPPORT_URL },
    minAccountAgeMs: settings.MIN_ACCOUNT_AGE_DAYS * 86_400_000,
    limits: {
      allowed: {
        bot: { day: { credits: limits.dailyCredits } },
        server: {},
        member: { day: { videos: limits.dailyVideosPerMember } },
        'member-here': {},
      },
      maxActivePerMember: limits.maxActivePerMember,
      cooldownMs: 0,
    },
    pseudonymOf,
    guilds,
    audit,
    ownersLogId: settings.AUDIT_CHANNEL_ID,
    reports: new Reports(stores.evidence, {
      ...{ now, pseudonymOf },
      keptMs: settings.EVIDENCE_DAYS * 86_400_000,
    }),
    offerReports: (guildId, isOffered) => offerReports(guildId, isOffered),
    owners: new Owners(discord),
    usageOf: async () => {
      const none = { videos: 0, credits: 0 };
      return { today: none, month: none, members: [] };
    },
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
    await Promise.all([bot.stop(), router.stop(), engine.stop()]);
    await Promise.all([jobs.close(), api.close(), audit.close()]);
    stores.close();
  }, log);

  if (settings.HTTP_PORT !== undefined) {
    const port = await health.listen(settings.HTTP_PORT);
    log.info({ port }, 'Health at /healthz and /readyz');
  }
  await bot.connect(router, () => engine.start(openJobs));
  log.info(
    { ...limits, jobsTakenUp: openJobs.length },
    'Connected. A day costs at most dailyCredits',
  );
  const homeGuild = settings.DISCORD_GUILD_ID;
  const isLogged = homeGuild !== undefined && (await guilds.of(homeGuild)).log !== undefined;
  const takesReports = settings.AUDIT_CHANNEL_ID !== undefined || isLogged;
  const declared = declare(surface, offer, { ...where, takesReports });
  await bot.introduce(declared, { guildId: homeGuild, userInstall: where.userInstall });
}

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
