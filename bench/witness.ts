import type { Discord } from '../simulator/discord/discord.ts';
import type { Seedance } from '../simulator/seedance/seedance.ts';
import { monotonicMs } from './monotonic.ts';

/** What a bot has done until its commands were there, in milliseconds of {@link monotonicMs}. */
export interface Arrival {
  /** READY was sent to it. */
  readyAt: number;
  /** Discord has answered the PUT of its commands, or a GET that found some. */
  registeredAt: number;
}

/** What has happened, noted as it happens: nothing is searched for later, among thousands. */
export class Witness {
  /** The messages that show a video. */
  readonly shown = new Set<string>();
  /** The tasks that were looked at since {@link expectBot}. */
  readonly seen = new Set<string>();
  /** From a task's end to the first look that saw it, milliseconds. */
  readonly waitsMs = new Map<string, number>();
  /** Called when an interaction's callback has arrived. */
  readonly onCallback = new Map<string, () => void>();
  readonly #discord: Discord;
  #sessionsBefore = 0;
  #arrival: Partial<Arrival> = {};

  constructor(discord: Discord, seedance: Seedance) {
    this.#discord = discord;
    const endedAt = new Map<string, number>();
    discord.event.on('request', ({ method, path }) => {
      const [, kind, id = '', , last] = path.split('/');
      if (method === 'POST' && kind === 'interactions' && last === 'callback') {
        this.onCallback.get(id)?.();
      }
    });
    discord.event.on('response', ({ method, path, status }) => {
      if (!path.endsWith('/commands') || status !== 200) return;
      if (method !== 'PUT' && discord.state.commands.size === 0) return;
      this.#arrival.registeredAt ??= monotonicMs();
    });
    discord.event.on('change', () => {
      if (discord.state.gatewaySessions.length <= this.#sessionsBefore) return;
      this.#arrival.readyAt ??= monotonicMs();
    });
    discord.event.on('message', (message, kind) => {
      if (kind !== 'delete' && message.video()) this.shown.add(message.id);
    });
    seedance.on('end', ({ requestId }) => endedAt.set(requestId, performance.now()));
    seedance.on('look', ({ requestId }) => {
      this.seen.add(requestId);
      const ended = endedAt.get(requestId);
      if (ended === undefined || this.waitsMs.has(requestId)) return;
      this.waitsMs.set(requestId, performance.now() - ended);
    });
  }

  /**
   * Forgets the bot before, so that the next one has to look anew.
   * @param isKnown whether Discord keeps its commands; else it has to register them
   */
  expectBot(isKnown: boolean): void {
    this.#discord.invalidateSession();
    if (!isKnown) this.#discord.state.commands.clear();
    this.#sessionsBefore = this.#discord.state.gatewaySessions.length;
    this.#arrival = {};
    this.seen.clear();
  }

  /** Undefined until it is there. */
  get arrival(): Arrival | undefined {
    const { readyAt, registeredAt } = this.#arrival;
    return readyAt === undefined || registeredAt === undefined
      ? undefined
      : { readyAt, registeredAt };
  }
}
