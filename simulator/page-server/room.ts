import { EventEmitter } from 'node:events';
import type { Stage } from '../demo/stage.ts';
import type { GenerationMs, PersonName } from '../page-protocol/choices.ts';
import type { SeenRequest } from '../page-protocol/told.ts';
import { type Cast, castOf } from './cast.ts';
import { Mishaps } from './mishaps.ts';
import { Traffic } from './traffic.ts';

type RoomEvents = {
  switches: [];
  request: [request: SeenRequest];
  /** Somebody has another language now. */
  language: [who: PersonName];
};

/** What all pages share: the stage with its people, the switches, and the requests that were seen. */
export class Room {
  readonly stage: Stage;
  readonly cast: Cast;
  readonly mishaps: Mishaps;
  readonly traffic: Traffic;
  readonly events = new EventEmitter<RoomEvents>().setMaxListeners(0);
  bot: 'running' | 'starting' | 'stopped' = 'running';
  #renderMs: GenerationMs;

  constructor(stage: Stage, renderMs: GenerationMs) {
    this.stage = stage;
    this.cast = castOf(stage.discord);
    this.mishaps = new Mishaps(stage.seedance);
    this.traffic = new Traffic(stage);
    this.mishaps.onChange = () => this.#changed();
    this.traffic.onRequest = (request) => this.events.emit('request', request);
    this.#renderMs = renderMs;
    stage.seedance.renderMs = renderMs;
    this.#watchBot();
  }

  get renderMs(): GenerationMs {
    return this.#renderMs;
  }

  /** How long the next videos take. */
  set renderMs(ms: GenerationMs) {
    this.#renderMs = ms;
    this.stage.seedance.renderMs = ms;
    this.#changed();
  }

  /** Ends every interaction token, as fifteen minutes do. */
  expireTokens(): void {
    for (const interaction of this.stage.discord.interactions.values()) interaction.expire();
  }

  /** As a power cut would. */
  async killBot(): Promise<void> {
    await this.stage.bot.kill();
  }

  async startBot(): Promise<void> {
    if (this.bot !== 'stopped') return;
    this.#setBot('starting');
    try {
      await this.stage.bot.startAndConnect();
    } catch (error) {
      this.#setBot('stopped');
      throw error;
    }
    this.#setBot('running');
    this.#watchBot();
  }

  /** It may end by itself as well. */
  #watchBot(): void {
    void this.stage.bot.exited.then(() => this.#setBot('stopped'));
  }

  #setBot(state: Room['bot']): void {
    this.bot = state;
    this.#changed();
  }

  #changed(): void {
    this.events.emit('switches');
  }
}
