import { DAY_MS } from '../clock.ts';
import type { Clock } from '../jobs/ports.ts';
import type { Log } from '../log.ts';
import {
  type Allowed,
  differences,
  type ModelTable,
  type Offer,
  offerOf,
  offerOrNone,
} from '../offer.ts';
import type { ModelsEnd } from './client.ts';

const HOUR_MS = 3_600_000;

interface Parts {
  api: { models(): Promise<ModelsEnd> };
  allowed: Allowed;
  clock: Clock;
  log: Log;
}

/**
 * What is offered at the moment. It begins with the table in `models.ts`, and follows what Seedance
 * says of its models: at start and once a day.
 */
export class Catalogue {
  readonly #parts: Parts;
  readonly #stopped = new AbortController();
  #offer: Offer;
  /** Told when something else is offered. */
  onChange = (): void => {};

  /** @throws {RangeError} if the owner allows nothing that is in the table */
  constructor(parts: Parts) {
    this.#parts = parts;
    this.#offer = offerOf(parts.allowed);
  }

  get offer(): Offer {
    return this.#offer;
  }

  /** Asks now, and again until it is stopped. @returns when it is stopped. Never throws. */
  async follow(): Promise<void> {
    const { clock } = this.#parts;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const isRead = await this.#look();
      await clock.sleep(isRead ? DAY_MS : HOUR_MS, signal);
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** @returns whether the answer could be read */
  async #look(): Promise<boolean> {
    const { api, log } = this.#parts;
    const end = await api.models();
    if (this.#stopped.signal.aborted) return false;
    if (end.kind === 'unreadable') {
      log.warn(
        { status: end.status, err: end.err },
        'Seedance’s list of models can’t be read: what is offered stays as it is. Asking again in an hour',
      );
      return false;
    }
    if (end.unknown.length > 0) {
      log.info(
        { models: end.unknown },
        'Seedance offers models that this version does not know: members can’t choose them',
      );
    }
    return this.#take(end.table);
  }

  /** @returns false if nothing would be left to offer: it is likelier that it was misread */
  #take(table: ModelTable): boolean {
    const { allowed, log } = this.#parts;
    const offer = offerOrNone(allowed, table);
    if (!offer) {
      log.error(
        { ...allowed },
        'By Seedance’s list of models, nothing is left of what ALLOWED_MODELS, MAX_DURATION and MAX_RESOLUTION allow: the models that this version knows are offered. Asking again in an hour',
      );
    }
    this.#change(offer ?? offerOf(allowed));
    return offer !== undefined;
  }

  #change(offer: Offer): void {
    const changes = differences(this.#offer, offer);
    if (changes.length === 0) return;
    this.#offer = offer;
    this.#parts.log.info({ changes }, 'What is offered has changed');
    this.onChange();
  }
}
