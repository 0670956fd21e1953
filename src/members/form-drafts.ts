import * as z from 'zod';
import type { Namespace } from '../namespace.ts';

/** A file as Discord describes it. Sides in pixels, where Discord knows them. */
const givenFile = z.object({
  name: z.string(),
  url: z.string(),
  contentType: z.string().nullable(),
  sizeBytes: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
});
export type GivenFile = z.output<typeof givenFile>;

const givenVideo = z.object({
  prompt: z.string(),
  files: z.array(givenFile),
  model: z.string().optional(),
  durationSecs: z.number().optional(),
  aspectRatio: z.string().optional(),
  resolution: z.string().optional(),
  /** The card is to go to the member's direct messages. */
  isPrivate: z.boolean(),
});
/** A video as a member asks for it, unchecked: Discord's own checks are not trusted. */
export type GivenVideo = z.output<typeof givenVideo>;

const formDraft = z.object({
  /** The id of the interaction that it comes from. */
  id: z.string(),
  memberId: z.string(),
  given: givenVideo,
  /**
   * What the form says of its files: that there are none, that they are kept unless new ones replace
   * them, that they have expired, or that the first one stays and new ones are added to it.
   */
  files: z.enum(['none', 'kept', 'expired', 'reused']),
  /** A link to the message that the files come from. */
  sourceUrl: z.string().optional(),
  /** The server it was first asked for in, where this is in direct messages. */
  askedIn: z.string().optional(),
  /** The job that was made of it, if the form was sent. */
  sentAs: z.string().optional(),
});
/** What a form is filled in with, or what was refused and is kept so that no words are lost. */
export type FormDraft = z.output<typeof formDraft>;

const LIFE_MS = 3_600_000;

const ids = z.array(z.string()).catch([]);

/** What members have begun to ask for, in Keyv, for an hour. */
export class FormDrafts {
  readonly #store: Namespace;

  constructor(store: Namespace) {
    this.#store = store;
  }

  /** @throws if it was not written */
  async keep(draft: FormDraft): Promise<void> {
    const { id, memberId } = draft;
    await this.#store.exclusively(memberId, async () => {
      const own = await this.#idsOf(memberId);
      await this.#set(listKey(memberId), [...new Set([...own, id])]);
      await this.#set(id, draft);
    });
  }

  /** @returns undefined if there is none any more, or if it is another member's */
  async get(id: string, memberId: string): Promise<FormDraft | undefined> {
    const draft = formDraft.safeParse(await this.#store.get(id)).data;
    return draft?.memberId === memberId ? draft : undefined;
  }

  /** Deletes all of a member's. @throws if that was not written */
  async forget(memberId: string): Promise<void> {
    await this.#store.exclusively(memberId, async () => {
      const own = await this.#idsOf(memberId);
      for (const key of [...own, listKey(memberId)]) await this.#store.delete(key);
    });
  }

  async #set(key: string, value: unknown): Promise<void> {
    if (!(await this.#store.set(key, value, LIFE_MS))) throw new Error('The store did not take it');
  }

  async #idsOf(memberId: string): Promise<string[]> {
    return ids.parse(await this.#store.get(listKey(memberId)));
  }
}

function listKey(memberId: string): string {
  return `of ${memberId}`;
}
