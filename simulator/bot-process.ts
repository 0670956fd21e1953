import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import type { FastClock } from './fast-clock.ts';
import { startWords } from './start-words.ts';

const WORDS = startWords();
/** The bot; or, where tests start it often, what they have gathered it into. */
const MAIN = process.env.BOT_MAIN ?? WORDS.at(-1) ?? '';
const FLAGS = WORDS.slice(0, -1);
const FAST_CLOCK = import.meta.resolve('./fast-clock-preload.ts');

export interface LogLine {
  level: string;
  msg: string;
  jobId?: string;
  [field: string]: unknown;
}

/** The real bot as a process of its own: what is told to it are settings, what it tells is its log. */
export class BotProcess {
  readonly logs: LogLine[] = [];
  /** Everything it printed, letter for letter, over all its lives. */
  output = '';
  /** Called with each line that it prints. */
  onLine = (_line: string): void => {};
  readonly #env: Record<string, string>;
  readonly #cwd: string;
  readonly #events = new EventEmitter().setMaxListeners(0);
  #process: ChildProcess | undefined;
  #clock: FastClock['env'] | undefined;
  #exit: Promise<number | null> = Promise.resolve(0);

  /**
   * @param env settings, and no others: of this process's own environment only what Node needs goes
   * along. With the `env` of a fast clock its time runs as that clock does
   * @param cwd where it looks for `.env`
   */
  constructor(env: Record<string, string>, cwd: string) {
    this.#env = env;
    this.#cwd = cwd;
  }

  start(extraEnv: Record<string, string> = {}): void {
    const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
    const settings = { ...this.#env, ...this.#clock, ...extraEnv };
    const hasClock = 'FAST_CLOCK' in settings;
    const preload = hasClock ? ['--import', FAST_CLOCK] : [];
    const child = spawn(process.execPath, [...FLAGS, ...preload, MAIN], {
      cwd: this.#cwd,
      env: { PATH, NODE_COMPILE_CACHE, ...settings },
      stdio: ['ignore', 'pipe', 'pipe', ...(hasClock ? (['ipc'] as const) : [])],
    });
    this.#process = child;
    this.#exit = once(child, 'close').then(([code]) => {
      this.#events.emit('change');
      return code;
    });
    if (child.stdout === null || child.stderr === null) throw new Error('It has no output');
    createInterface({ input: child.stdout }).on('line', (line) => this.#take(line));
    createInterface({ input: child.stderr }).on('line', (line) => this.#note(line));
  }

  /** Starts it and waits until it says that it is connected. */
  async startAndConnect(extraEnv?: Record<string, string>): Promise<void> {
    const seen = this.logs.length;
    this.start(extraEnv);
    await this.logged((line) => line.msg.startsWith('Invite the bot'), seen);
  }

  /**
   * Sets the clock that it runs by, also from its next start on. One that began by the true time
   * is started anew.
   */
  async setClock({ env }: FastClock): Promise<void> {
    this.#clock = env;
    if (this.#process?.connected) {
      const set = once(this.#process, 'message');
      this.#process.send(env);
      await set;
      return;
    }
    await this.kill();
    await this.startAndConnect();
  }

  /** Resolves to the exit code; null if a signal ended it. */
  get exited(): Promise<number | null> {
    return this.#exit;
  }

  /** Its process id. @throws if it was never started */
  get pid(): number {
    if (this.#process?.pid === undefined) throw new Error('The bot was not started');
    return this.#process.pid;
  }

  signal(name: NodeJS.Signals): void {
    this.#process?.kill(name);
  }

  /** As a power cut would: nothing is saved, nothing said. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#exit;
  }

  /** As an orchestrator would. @returns the exit code */
  async stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.#exit;
  }

  /** Waits for a log line, from the given index on. @throws if the process ends without it */
  async logged(matches: (line: LogLine) => boolean, from = 0): Promise<LogLine> {
    let ended = false;
    void this.#exit.then(() => {
      ended = true;
    });
    for (;;) {
      const found = this.logs.slice(from).find(matches);
      if (found) return found;
      if (ended)
        throw new Error(`The bot ended before it logged this. It printed:\n${this.output}`);
      await once(this.#events, 'change');
    }
  }

  #take(line: string): void {
    try {
      this.logs.push(JSON.parse(line));
    } catch {
      // Only JSON lines are log lines; whatever else it prints is in `output`.
    }
    this.#note(line);
  }

  #note(line: string): void {
    this.output += `${line}\n`;
    this.onLine(line);
    this.#events.emit('change');
  }
}
