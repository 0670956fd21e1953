import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageFlags, type REST } from 'discord.js';
import type { Log } from '../log.ts';
import type { Words } from '../words.ts';
import { mayNotWrite } from './discord-errors.ts';
import { postOnce } from './post-once.ts';
import { shorten } from './text.ts';

/** Discord: 2000 characters a message, and five messages in five seconds a channel. */
const MESSAGE_MAX = 1900;
const NONCE_MAX = 25;
const LINE_MAX = 600;
const PAUSE_MS = 1100;
/** So many lines wait for a channel; of what comes then only the number is told. */
const WAITING_MAX = 200;
/** How long a channel that Discord refused is left alone: refusals are counted against the bot. */
const REFUSED_MS = 600_000;

interface Waiting {
  lines: string[];
  leftOut: number;
  /** The language in which the number of those left out is told. */
  words: Words;
}

/**
 * Lines on their way into channels: one message for all that come at about the same time. What can't
 * be sent is dropped: the log of the process has it.
 */
export class LogLines {
  readonly #rest: REST;
  readonly #log: Log;
  readonly #waiting = new Map<string, Waiting>();
  readonly #sending = new Map<string, Promise<void>>();
  readonly #refusedAt = new Map<string, number>();
  readonly #closing = new AbortController();
  /** Told what Discord made of each message. Must not throw. */
  onAnswer: (channelId: string, isTaken: boolean) => void = () => {};

  constructor(rest: REST, log: Log) {
    this.#rest = rest;
    this.#log = log;
  }

  /** Never waits, never throws. */
  add(channelId: string, line: string, words: Words): void {
    if (Date.now() - (this.#refusedAt.get(channelId) ?? 0) < REFUSED_MS) return;
    const waiting = this.#waiting.get(channelId) ?? { lines: [], leftOut: 0, words };
    this.#waiting.set(channelId, waiting);
    if (waiting.lines.length < WAITING_MAX) waiting.lines.push(shorten(line, LINE_MAX, LINE_MAX));
    else waiting.leftOut += 1;
    if (this.#sending.has(channelId)) return;
    const sending = this.#send(channelId).finally(() => this.#sending.delete(channelId));
    this.#sending.set(channelId, sending);
  }

  /** Waits for what is on its way, without further pauses. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#sending.values());
  }

  /** A channel that is written in again may be the same, mended. */
  forgive(channelId: string): void {
    this.#refusedAt.delete(channelId);
  }

  async #send(channelId: string): Promise<void> {
    for (;;) {
      const waiting = this.#waiting.get(channelId);
      if (!waiting || waiting.lines.length === 0) break;
      await this.#post(channelId, nextMessage(waiting));
      await this.#pause();
    }
    this.#waiting.delete(channelId);
  }

  /** None while it is closing. */
  async #pause(): Promise<void> {
    const { signal } = this.#closing;
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
  }

  async #post(channelId: string, content: string): Promise<void> {
    const flags = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;
    const nonce = randomUUID().slice(0, NONCE_MAX);
    const body = { content, flags, allowed_mentions: { parse: [] }, nonce };
    try {
      await postOnce(this.#rest, channelId, body, () => this.#pause());
      this.onAnswer(channelId, true);
    } catch (err) {
      this.#log.warn({ channelId, err }, 'A log channel did not take its lines');
      if (!mayNotWrite(err)) return;
      this.#refusedAt.set(channelId, Date.now());
      this.#waiting.delete(channelId);
      this.onAnswer(channelId, false);
    }
  }
}

/** As many lines as fit, taken out of those that wait. */
function nextMessage(waiting: Waiting): string {
  const { lines, words } = waiting;
  let content = lines.shift() ?? '';
  while (lines[0] !== undefined && content.length + lines[0].length < MESSAGE_MAX) {
    content += `\n${lines.shift()}`;
  }
  if (lines.length > 0 || waiting.leftOut === 0) return content;
  const leftOut = words.t('audit.leftOut', { number: waiting.leftOut });
  waiting.leftOut = 0;
  return `${content}\n${leftOut}`;
}
