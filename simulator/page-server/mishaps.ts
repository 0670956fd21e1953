import { MISHAPS, type MishapName } from '../page-protocol/choices.ts';
import type { Seedance } from '../seedance/seedance.ts';
import type { TaskEnd } from '../seedance/task.ts';

/** What fails a generation once: the next one, or the next with a reference. */
const ENDS = {
  'reference refused': {
    status: 'failed',
    error: {
      code: 'InputImageSensitiveContentDetected.PrivacyInformation',
      message: 'content[1] may contain a real person',
    },
  },
  'prompt refused': {
    status: 'failed',
    error: {
      code: 'InputTextSensitiveContentDetected',
      message: 'The request failed because the input text may contain sensitive information.',
    },
  },
  'generation fails': { status: 'failed' },
} as const satisfies Record<string, TaskEnd>;

const NO_CREDITS = {
  status: 402,
  body: { success: false, error: { code: 'insufficient_credits', message: 'Not enough credits' } },
};

/** The switches of the simulated Seedance's misfortunes. */
export class Mishaps {
  readonly #seedance: Seedance;
  readonly #on = new Set<MishapName>();
  /** Called when one was switched, or has struck. */
  onChange = () => {};

  constructor(seedance: Seedance) {
    this.#seedance = seedance;
    const everySubmit = { route: 'submit', times: Number.POSITIVE_INFINITY } as const;
    const isBroke = () => this.#on.has('out of credits');
    seedance.faults.add({ ...everySubmit, when: isBroke, do: NO_CREDITS });
    const isLost = () => !isBroke() && this.#strikes('answer lost');
    seedance.faults.add({ ...everySubmit, when: isLost, do: 'reset-after' });
    seedance.on('submit', ({ requestId, settings }) => {
      const end = this.#endOf(settings.mediaUrls.length > 0);
      if (end) seedance.finish(requestId, end);
    });
  }

  /** Those that are on. */
  get on(): MishapName[] {
    return MISHAPS.filter((name) => this.#on.has(name));
  }

  async switch(name: MishapName, on: boolean): Promise<void> {
    if (on) this.#on.add(name);
    else this.#on.delete(name);
    if (name === 'service down')
      await (on ? this.#seedance.goOffline() : this.#seedance.goOnline());
    this.onChange();
  }

  #endOf(hasReference: boolean): TaskEnd | undefined {
    if (hasReference && this.#strikes('reference refused')) return ENDS['reference refused'];
    if (this.#strikes('prompt refused')) return ENDS['prompt refused'];
    return this.#strikes('generation fails') ? ENDS['generation fails'] : undefined;
  }

  #strikes(name: MishapName): boolean {
    const struck = this.#on.delete(name);
    if (struck) this.onChange();
    return struck;
  }
}
