import { Words } from './words.ts';

/**
 * What a member can mend. The only error whose words a member sees: they say what is wrong and what
 * would be right, plainly and in Discord's Markdown. Anything of a member's own that goes into them
 * must be escaped first.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  /** The words, in the language of whoever reads them. */
  readonly say: (words: Words) => string;
  /** Whether a new video is offered as the way on. */
  readonly startsAnew: boolean;

  constructor(
    say: (words: Words) => string,
    { startsAnew = false, ...options }: ErrorOptions & { startsAnew?: boolean } = {},
  ) {
    super(say(Words.in('en')), options);
    this.say = say;
    this.startsAnew = startsAnew;
  }
}

/** Why the store can't be used, in one line that tells the operator what to do. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
}

/** What is kept is not what it should be: it is left as it is, and all else may go on. */
export class DamagedRecord extends StoreError {}

/** Another process has the store. */
export class StoreInUse extends StoreError {
  override readonly name = 'StoreInUse';
}

/** Another process has taken this job over: whoever still has it in hand is to let go of it. */
export class StaleRun extends Error {
  override readonly name = 'StaleRun';
  constructor(jobId: string) {
    super(`Another run has job ${jobId}`);
  }
}
