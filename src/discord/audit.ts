import { setTimeout as sleep } from 'node:timers/promises';
import { REST } from 'discord.js';
import PQueue from 'p-queue';
import type { Guilds } from '../guilds/guilds.ts';
import type { LogChannel } from '../guilds/rules.ts';
import type { Job } from '../jobs/job.ts';
import type { Log } from '../log.ts';
import type { Measures } from '../measures.ts';
import { Words } from '../words.ts';
import { type AuditEvent, guildOf, JobNews } from './audit-event.ts';
import { auditLine } from './audit-line.ts';
import { LogLines } from './log-lines.ts';
import { watchRest } from './watch-rest.ts';

/** The owner's own log channel, and whether it tells what members asked for. */
interface OwnersLog {
  channelId: string | undefined;
  prompts: boolean;
}

/** No more events than this wait for the store; what comes then is dropped. */
const WAITING_MAX = 1000;
const CLOSE_MAX_MS = 2000;

/**
 * Tells the owner and the managers of servers, in their log channels, what happens with the bot: one
 * line each. It delays nothing and breaks nothing: what can't be told is dropped.
 */
export class Audit {
  readonly #lines: LogLines;
  readonly #news: JobNews;
  readonly #guilds: Guilds;
  readonly #owners: OwnersLog;
  readonly #log: Log;
  /** Which server a log channel is of. */
  readonly #guildOf = new Map<string, string>();
  /** Events keep their order. */
  readonly #events = new PQueue({ concurrency: 1 });

  constructor(options: {
    apiUrl: string;
    token: string;
    guilds: Guilds;
    owners: OwnersLog;
    metrics: Measures;
    log: Log;
    now: () => number;
  }) {
    const rest = new REST({ api: options.apiUrl, version: '10', retries: 0 });
    watchRest(rest, options.metrics);
    this.#lines = new LogLines(rest.setToken(options.token), options.log);
    this.#lines.onAnswer = (channelId, isTaken) => this.#noteAnswer(channelId, isTaken);
    this.#news = new JobNews(options.now);
    this.#guilds = options.guilds;
    this.#owners = options.owners;
    this.#log = options.log;
  }

  /** Takes a job as it is saved, and tells what is new in it. Never throws. */
  noteJob(job: Job): void {
    const event = this.#news.of(job);
    if (event) this.note(event);
  }

  /** Never throws. */
  note(event: AuditEvent): void {
    if (this.#events.size >= WAITING_MAX) return;
    void this.#events.add(() => this.#tell(event)).catch(() => {});
  }

  /** Waits a moment for what is on its way. */
  async close(): Promise<void> {
    const done = this.#events.onIdle().then(() => this.#lines.close());
    await Promise.race([done, sleep(CLOSE_MAX_MS, undefined, { ref: false })]);
  }

  async #tell(event: AuditEvent): Promise<void> {
    const { channelId, prompts } = this.#owners;
    if (channelId) this.#add(channelId, event, Words.in('en'), prompts);
    const guildId = guildOf(event);
    if (!guildId) return;
    try {
      const { log } = await this.#guilds.of(guildId);
      if (log && log.channelId !== channelId) this.#tellServer(guildId, log, event);
    } catch (err) {
      this.#log.warn({ guildId, err }, 'A server’s log channel could not be looked up');
    }
  }

  /** What was asked for in private is told without its words, whatever the managers switched on. */
  #tellServer(guildId: string, log: LogChannel, event: AuditEvent): void {
    this.#guildOf.set(log.channelId, guildId);
    // What was said to fail is tried again: its channel may have been mended.
    if (event.kind === 'admin') this.#lines.forgive(log.channelId);
    const isPrivate = 'job' in event && event.job.card.guildId === null;
    this.#add(log.channelId, event, Words.in(log.locale), log.prompts && !isPrivate);
  }

  #noteAnswer(channelId: string, isTaken: boolean): void {
    const guildId = this.#guildOf.get(channelId);
    if (!guildId) return;
    void this.#guilds
      .of(guildId)
      .then(async ({ log }) => {
        if (log?.channelId !== channelId || (log.fails ?? false) === !isTaken) return;
        await this.#guilds.change(guildId, (rules) =>
          rules.log?.channelId === channelId
            ? { ...rules, log: { ...rules.log, fails: isTaken ? undefined : true } }
            : rules,
        );
      })
      .catch((err: unknown) => {
        this.#log.warn({ guildId, err }, 'It could not be noted that a log channel fails');
      });
  }

  #add(channelId: string, event: AuditEvent, words: Words, prompts: boolean): void {
    this.#lines.add(channelId, auditLine(event, words, prompts), words);
  }
}
