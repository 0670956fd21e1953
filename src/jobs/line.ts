import PQueue from 'p-queue';

/** Where jobs wait for a slot. Who has the higher priority goes first. */
export class Line {
  readonly #slots: number;
  readonly #queue: PQueue;
  readonly #now: () => number;
  #taken = 0;
  #pausedUntil = 0;
  #unpause: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(slots: number, now: () => number) {
    this.#slots = slots;
    this.#now = now;
    this.#queue = new PQueue({ concurrency: slots });
  }

  /**
   * Makes room for jobs that are under way already, beyond the slots if need be. The room is not
   * filled again: each {@link giveBack} takes one place away.
   */
  makeRoom(jobs: number): void {
    this.#taken = jobs;
    this.#queue.concurrency = Math.max(this.#slots, this.#taken);
  }

  /** One of those jobs has ended. */
  giveBack(): void {
    if (this.#taken > 0) this.makeRoom(this.#taken - 1);
  }

  /** @param begin called when a slot is free, which is taken until what it returns is over. Never throws */
  enter(begin: () => Promise<void>, priority: number): void {
    void this.#queue.add(begin, { priority });
  }

  /** Lets nobody begin before that time. */
  pauseUntil(time: number): void {
    const now = this.#now();
    if (time <= now || time <= this.#pausedUntil) return;
    this.#pausedUntil = time;
    this.#queue.pause();
    clearTimeout(this.#unpause);
    this.#unpause = setTimeout(() => {
      if (!this.#stopped) this.#queue.start();
    }, time - now);
  }

  /** Lets nobody begin any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#unpause);
    this.#queue.pause();
  }
}
