import type { ChildProcess } from 'node:child_process';

/**
 * What another process can be asked for: functions that take at most one value and give one, all of
 * them fit for a message between processes.
 */
type Abilities = Record<string, (asked: never) => unknown>;

interface Question {
  id: number;
  name: string;
  asked: unknown;
}

interface Reply {
  id: number;
  answer?: unknown;
  trouble?: string;
}

/** Answers what the process that forked this one asks, for as long as that lives. */
export function answerParent(abilities: Abilities): void {
  process.on('message', ({ id, name, asked }: Question) => {
    void answer(abilities[name], asked)
      .catch((error: unknown) => ({ trouble: String(error) }))
      .then((reply) => process.send?.({ id, ...reply } satisfies Reply));
  });
}

async function answer(ability: Abilities[string] | undefined, asked: unknown) {
  if (!ability) throw new Error('It can’t be asked for that');
  // Both ends are of one program: what is sent is what the type of the ability says.
  return { answer: await ability(asked as never) };
}

/** Asks a process that answers with {@link answerParent}. */
export class Asker<All extends Abilities> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', ({ id, answer, trouble }: Reply) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (trouble === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(trouble));
    });
    child.once('exit', (code, signal) => {
      const why = new Error(`A process ended that was being asked (${signal ?? code})`);
      for (const { reject } of this.#waiting.values()) reject(why);
    });
  }

  /** @throws Error if it could not do that, or ended meanwhile */
  ask<Name extends string & keyof All>(
    name: Name,
    ...[asked]: Parameters<All[Name]>
  ): Promise<Awaited<ReturnType<All[Name]>>> {
    const id = ++this.#asked;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.#child.send({ id, name, asked } satisfies Question, (error) => {
      if (error) waiting.reject(error);
    });
    return waiting.promise as Promise<Awaited<ReturnType<All[Name]>>>;
  }
}
