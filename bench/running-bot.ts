import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startWords } from '../simulator/start-words.ts';
import { Asker } from './ask.ts';
import { monotonicMs } from './monotonic.ts';
import type { Probed } from './probe.ts';

/** What Node is given for the bots that are measured; ours as it ships, by `npm start`. */
const PROGRAMS = {
  ours: startWords(),
  floor: [join(import.meta.dirname, 'floor.js')],
  buffering: [join(import.meta.dirname, 'buffering.js')],
};
export type Program = keyof typeof PROGRAMS;

const PROBE = import.meta.resolve('./probe.ts');
const LAST_LINES = 20;

/** A bot in a process of its own, with its settings and no more of this one's environment. */
export class RunningBot {
  /** By {@link monotonicMs}. */
  readonly startedAt: number;
  readonly pid: number;
  /** How often it warned of what, or reported an error: what is measured should be without. */
  readonly troubles = new Map<string, number>();
  readonly #child: ChildProcess;
  readonly #probe: Asker<Probed> | undefined;
  readonly #awaited = new Map<string, (line: Record<string, unknown>) => void>();
  readonly #lastLines: string[] = [];

  /** @param how.cwd where it looks for `.env` */
  constructor(
    program: Program,
    how: { settings: Record<string, string>; cwd: string; isProbed: boolean },
  ) {
    const probe = how.isProbed ? ['--expose-gc', '--import', PROBE] : [];
    this.startedAt = monotonicMs();
    this.#child = spawn(process.execPath, [...probe, ...PROGRAMS[program]], {
      cwd: how.cwd,
      env: { PATH: process.env.PATH ?? '', ...how.settings },
      stdio: ['ignore', 'pipe', 'pipe', ...(how.isProbed ? (['ipc'] as const) : [])],
    });
    const { pid, stdout, stderr } = this.#child;
    if (pid === undefined || !stdout || !stderr) throw new Error(`${program} can’t be started`);
    this.pid = pid;
    this.#probe = how.isProbed ? new Asker<Probed>(this.#child) : undefined;
    for (const input of [stdout, stderr]) {
      createInterface({ input }).on('line', (line) => this.#take(line));
    }
  }

  /** What it told last, for whoever has to find out why it failed. */
  get lastLines(): string {
    return this.#lastLines.join('\n');
  }

  /** @throws if it was started without */
  get probe(): Asker<Probed> {
    if (!this.#probe) throw new Error('This bot has no probe');
    return this.#probe;
  }

  /** The next line of its log that begins so; to be called before it can come. */
  logged(words: string): Promise<Record<string, unknown>> {
    return new Promise((resolve) => this.#awaited.set(words, resolve));
  }

  /** In an orderly way, in which Node keeps what it has compiled. */
  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }

  /** At once, as a power cut would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.killNow();
    await ended;
  }

  /** The same, for whoever can't wait. */
  killNow(): void {
    this.#child.kill('SIGKILL');
  }

  #take(line: string): void {
    this.#lastLines.push(line);
    if (this.#lastLines.length > LAST_LINES) this.#lastLines.shift();
    if (/^\{"level":"(?!info)/.test(line)) this.#noteTrouble(line);
    if (this.#awaited.size === 0) return;
    for (const [words, resolve] of this.#awaited) {
      if (!line.includes(`"msg":"${words}`)) continue;
      this.#awaited.delete(words);
      resolve(JSON.parse(line));
    }
  }

  #noteTrouble(line: string): void {
    const words = /"msg":"([^"]*)/.exec(line)?.[1] ?? line;
    this.troubles.set(words, (this.troubles.get(words) ?? 0) + 1);
  }
}
