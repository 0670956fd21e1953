import * as z from 'zod';
import { SCOPES, SPANS } from '../limits.ts';
import { LOCALES } from '../locale.ts';
import { ASPECT_RATIO, MODEL_IDS, RESOLUTION } from '../models.ts';
import { MAX_REFERENCES, REFERENCE_KINDS } from '../references.ts';

/** Discord's ids: also what makes a job's id fit to stand in a file's name. */
const snowflake = z.string().regex(/^\d{1,20}$/);

const reference = z.object({ url: z.string(), name: z.string(), kind: z.enum(REFERENCE_KINDS) });
export type Reference = z.output<typeof reference>;

const videoRequest = z.object({
  /** As it is submitted: without the flags that were taken out. */
  prompt: z.string(),
  leftOut: z.array(z.string()),
  references: z.array(reference).max(MAX_REFERENCES),
  model: z.enum(MODEL_IDS),
  durationSecs: z.number().int(),
  aspectRatio: z.string().regex(ASPECT_RATIO),
  resolution: z.string().regex(RESOLUTION),
});
/** What a member asked for, checked. */
export type VideoRequest = z.output<typeof videoRequest>;

const usedUp = z.object({
  scope: z.enum(SCOPES),
  span: z.enum(SPANS),
  what: z.enum(['videos', 'credits']),
  most: z.number(),
});

const failureCause = z.discriminatedUnion('cause', [
  /** `index` counts from 1; left out where the service did not say which one. */
  z.object({ cause: z.literal('reference'), index: z.number().int().optional() }),
  z.object({ cause: z.literal('prompt') }),
  /** The key was refused or the credits are used up: the owner's to mend. */
  z.object({ cause: z.literal('account') }),
  z.object({ cause: z.literal('service') }),
  /** The references' addresses ran out before the job's turn came. Nothing was submitted. */
  z.object({ cause: z.literal('expired') }),
  z.object({ cause: z.literal('too-long') }),
  /** What a limit left was not enough by the time the job's turn came. Nothing was submitted. */
  z.object({
    cause: z.literal('budget'),
    /** Undefined: it never does for this one. */
    opensAt: z.number().optional(),
    /** Which one it was. Older jobs don't say. */
    limit: usedUp.optional(),
  }),
  /** The member was paused by then, for what was refused of theirs. Nothing was submitted. */
  z.object({ cause: z.literal('struck'), opensAt: z.number() }),
  z.object({ cause: z.literal('other') }),
]);
export type FailureCause = z.output<typeof failureCause>;

const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('succeeded'), url: z.string() }),
  z.object({ kind: z.literal('failed'), why: failureCause }),
  z.object({
    kind: z.literal('cancelled'),
    /** False where somebody else cancelled it: a moderator, or the service. Left out: not known. */
    byRequester: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('unconfirmed') }),
]);
/** How the generation ended, whether or not its member has been told yet. */
export type Outcome = z.output<typeof outcome>;

const place = z.object({ channelId: snowflake, messageId: snowflake });
/** A message. */
export type Place = z.output<typeof place>;

/** The message that is a job's reply, and all that is needed to edit it. */
const card = place.extend({
  applicationId: snowflake,
  token: z.string(),
  /** Milliseconds since 1970. Discord: 15 minutes after the interaction. */
  tokenExpiresAt: z.number(),
  guildId: snowflake.nullable(),
  /** Undefined where Discord named none. */
  uploadLimitBytes: z.number().optional(),
  /** By which it is told from one that another process put up for the same interaction. */
  mark: z.string().optional(),
  /** What the card shows now. */
  shows: z.enum(['line', 'rendering']),
  /** How often it was drawn anew since it was put up. */
  redraws: z.number().int().optional(),
  /** The bot itself is not in that place: only an interaction's token reaches the card. */
  isGuest: z.boolean().optional(),
  /** The card is a message of the bot's own in direct messages, and no interaction's reply. */
  isDirect: z.boolean().optional(),
  /** It has the button whose click brings another token, for its own is about to run out. */
  asksForClick: z.boolean().optional(),
});

/** Discord's upload limit where no interaction says otherwise. */
export const DEFAULT_UPLOAD_BYTES = 10 * 1024 * 1024;

const WAYS = ['token', 'bot', 'channel', 'direct'] as const;

const delivery = z.object({
  way: z.enum(WAYS),
  startedAt: z.number(),
  /** The video is too big to attach: it is played from its link. */
  fromLink: z.boolean(),
  /** Discord refused the video in an edit of the card: it goes into a message of its own. */
  cardRefusesVideo: z.boolean(),
  /** No message took the video: the card says in words where it is. */
  inWords: z.boolean().optional(),
  /** Where the video went when not into the card. */
  sentTo: place.optional(),
  /** When the card had told it. What may be left is the ping. */
  toldAt: z.number().optional(),
});
export type Delivery = z.output<typeof delivery>;

const estimate = z.object({
  /** How long most such videos took: the quarters' bounds. */
  usualMs: z.object({ from: z.number(), to: z.number() }).optional(),
  /** What such a video last cost. */
  credits: z.number().optional(),
});

const task = z.object({
  requestId: z.string(),
  acceptedAt: z.number(),
  creditsCharged: z.number().optional(),
});

const OPEN_STATES = ['waiting', 'submitting', 'queued', 'processing', 'delivering'] as const;
export const ENDED_STATES = [
  'succeeded',
  'failed',
  'cancelled',
  'unconfirmed',
  'undelivered',
] as const;

/** A video from asked to delivered, as it is stored. Times are milliseconds since 1970. */
export const jobSchema = z.object({
  /** The id of the interaction that asked for it. */
  id: snowflake,
  state: z.enum([...OPEN_STATES, ...ENDED_STATES]),
  /** Its acknowledgement is not known to have been taken: no job yet. */
  isDraft: z.boolean().optional(),
  memberId: snowflake,
  /** How many jobs its member had when it was asked for: the fewer, the sooner its turn. */
  rank: z.number().int().default(0),
  /** The language of its card. */
  locale: z.enum(LOCALES).default('en'),
  createdAt: z.number(),
  request: videoRequest,
  card,
  /** The job on whose card it was asked for, or the draft that it was filled in from. */
  madeFrom: snowflake.optional(),
  /** A link to the message whose files it uses. */
  sourceUrl: z.string().optional(),
  /** The server it was asked for in, also where its card is in direct messages. */
  askedIn: snowflake.optional(),
  /** What could be said of it when it was asked for. */
  estimate: estimate.optional(),
  /** Whether the member is told by a message of its own, if it takes long. */
  wantsPing: z.boolean().default(true),
  /** Which run has it, where many processes share a store: of two, the one with the higher number. */
  epoch: z.number().int().optional(),
  /** How often a submit was begun. */
  attempts: z.number().int(),
  /** A job that was told to come again is not submitted before. */
  retryAt: z.number().optional(),
  /** Since when it has been told to come again. */
  heldBackSince: z.number().optional(),
  submittedAt: z.number().optional(),
  reservedCredits: z.number().optional(),
  task: task.optional(),
  /** The service would not cancel the task: the video will come. */
  cancelRefused: z.boolean().optional(),
  /** Somebody deleted the card. That was moderation: nothing is posted for this job any more. */
  cardDeleted: z.boolean().optional(),
  outcome: outcome.optional(),
  endedAt: z.number().optional(),
  delivery: delivery.optional(),
  /** Where its video went before it was delivered again: the messages stand there still. */
  earlier: z.array(place).optional(),
  /** The message that told the member that it ended. */
  ping: place.optional(),
});
export type Job = z.output<typeof jobSchema>;

/** Whether anything is left to do for a job. */
export function isOpen(job: Pick<Job, 'state'>): boolean {
  return OPEN_STATES.some((state) => state === job.state);
}

/** Whether a job's own member cancelled it. Nobody needs to be told that their own cancel worked. */
export function isOwnCancel({ outcome }: Pick<Job, 'outcome'>): boolean {
  return outcome?.kind === 'cancelled' && outcome.byRequester !== false;
}
