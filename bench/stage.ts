import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Asker } from './ask.ts';
import { type Program, RunningBot } from './running-bot.ts';
import type { Simulated } from './simulator.ts';

const SIMULATOR = join(import.meta.dirname, 'simulator.ts');

/** Settings with which nothing stands in the way of thousands of jobs. */
export const WIDE = {
  SEEDANCE_MAX_CONCURRENT: '10000',
  DAILY_CREDITS: '1000000000',
  DAILY_VIDEOS_PER_MEMBER: '1000000',
  MAX_ACTIVE_PER_MEMBER: '1000',
};

/** Looks for a short run, which need not wait for them as long as a real one. */
export const QUICK = { POLL_MIN_MS: '100', POLL_MAX_MS: '200' };

interface StartOptions {
  settings?: Record<string, string>;
  /** Whether it can be asked what only it knows itself: see `probe.ts`. */
  isProbed?: boolean;
  /** The folder with its store; a fresh one where none is given. */
  dataDir?: string;
  /** Whether Discord keeps the commands of the bot before, for they are its own. */
  isKnown?: boolean;
}

/** A simulator, and the bots beside it. All of them end with it, and their folder goes. */
export class Stage implements AsyncDisposable {
  readonly simulator: Asker<Simulated>;
  readonly #process: ChildProcess;
  readonly #dir = mkdtempSync(join(tmpdir(), 'seedance-bench-'));
  readonly #bots = new Set<RunningBot>();
  readonly #endAtOnce = () => {
    for (const bot of this.#bots) bot.killNow();
    this.#process.kill('SIGKILL');
    rmSync(this.#dir, { recursive: true, force: true });
  };
  #folders = 0;

  constructor() {
    this.#process = fork(SIMULATOR, { execArgv: [] });
    this.simulator = new Asker<Simulated>(this.#process);
    process.once('exit', this.#endAtOnce);
  }

  /** A folder for a store, which ends with the stage. */
  newDataDir(): string {
    this.#folders += 1;
    return join(this.#dir, `data${this.#folders}`);
  }

  /** Starts a bot. To be awaited by {@link arrive}. */
  async start(program: Program, options: StartOptions = {}): Promise<RunningBot> {
    const {
      settings = {},
      isProbed = false,
      dataDir = this.newDataDir(),
      isKnown = false,
    } = options;
    const leading = await this.simulator.ask('settings');
    await this.simulator.ask('expectBot', { isKnown });
    const all = { ...leading, DATA_DIR: dataDir, ...settings };
    const bot = new RunningBot(program, { settings: all, cwd: this.#dir, isProbed });
    this.#bots.add(bot);
    return bot;
  }

  /**
   * Waits until commands can be typed.
   * @returns how long that took from its start, milliseconds
   */
  async arrive(bot: RunningBot): Promise<number> {
    const { readyAt, registeredAt } = await this.simulator
      .ask('arrival')
      .catch((error: unknown) => {
        throw new Error(`${error}\nIt printed last:\n${bot.lastLines}`);
      });
    return Math.max(readyAt, registeredAt) - bot.startedAt;
  }

  /**
   * Has members type commands, and waits until they are answered.
   * @returns how long each answer took, milliseconds
   * @throws if one was refused, or came too late
   */
  async type(commands: number, perSecond: number): Promise<number[]> {
    const { ackMs, refused } = await this.simulator.ask('type', { commands, perSecond });
    if (refused > 0) throw new Error(`${refused} commands were refused or not answered`);
    return ackMs;
  }

  /** Has one video made: what that loads is loaded then, and what such a one costs is known. */
  async makeFirstVideo(): Promise<void> {
    await this.type(1, 1);
    await this.simulator.ask('until', { what: 'shown', count: 1 });
  }

  /** Ends a bot at once, and tells what it has warned of: what is measured should be without. */
  async end(bot: RunningBot): Promise<void> {
    await bot.kill();
    this.#bots.delete(bot);
    for (const [words, times] of bot.troubles) console.log(`  its log: ${times} × ${words}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#bots].map((bot) => this.end(bot)));
    if (this.#process.connected) await this.#tellViolations();
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
    process.off('exit', this.#endAtOnce);
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #tellViolations(): Promise<void> {
    const violations = await this.simulator.ask('violations');
    // The ids and tokens in them differ each time.
    const rules = violations.map((rule) => rule.replace(/\b\w{17,}\b/g, '…'));
    for (const rule of new Set(rules)) console.log(`  a rule was broken: ${rule}`);
  }
}
