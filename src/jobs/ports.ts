import type { Measures } from '../measures.ts';
import type { FailureCause, Job, Place, VideoRequest } from './job.ts';

/** What may follow a submit. Only `again` may ever be repeated without a member's word. */
export type SubmitEnd =
  | { kind: 'accepted'; requestId: string; creditsCharged: number | undefined }
  | { kind: 'again'; reason: 'unreachable' | 'busy'; retryAfterMs: number | undefined }
  | { kind: 'refused'; why: FailureCause }
  | { kind: 'unclear' };

export type Look =
  | { kind: 'running'; state: 'queued' | 'processing' }
  | { kind: 'succeeded'; url: string }
  | { kind: 'failed'; why: FailureCause }
  | { kind: 'cancelled' }
  | { kind: 'missing' }
  | { kind: 'trouble'; keyRefused: boolean; retryAfterMs: number | undefined };

export type CancelEnd = 'taken' | 'refused' | 'trouble';

export type DownloadEnd =
  | { kind: 'saved'; sizeBytes: number }
  | { kind: 'too-big' }
  | { kind: 'again'; retryAfterMs: number | undefined };

/** The generation service. No method throws: what can go wrong is in its answer. */
export interface VideoApi {
  /** Obeys no signal but its own time-out, for a submit that is cut off is an unclear submit. */
  submit(jobId: string, request: VideoRequest): Promise<SubmitEnd>;
  look(requestId: string, jobId: string): Promise<Look>;
  cancel(requestId: string): Promise<CancelEnd>;
  /** Whether an output URL is one that this process may fetch and a member may be shown. */
  trusts(url: string): boolean;
  /** Streams the video into a file, which is replaced. */
  download(url: string, path: string, maxBytes: number, jobId: string): Promise<DownloadEnd>;
}

/** A finished video on its way to a member. */
export type Video =
  | { kind: 'file'; path: string; sizeBytes: number; url: string }
  /** Played from where Seedance keeps it. */
  | { kind: 'link'; url: string; isTooBig: boolean }
  /** Only named, as text. */
  | { kind: 'words'; url: string };

/** What Discord made of one try to tell a member. */
export type Announcement =
  | { kind: 'told'; channelId: string; messageId: string }
  | { kind: 'token-gone' }
  | { kind: 'next-way' }
  | { kind: 'card-deleted' }
  | { kind: 'too-big' }
  | { kind: 'video-refused' }
  | { kind: 'again' };

/** Where a job's member reads about it. No method throws. */
export interface Announcer {
  /**
   * Draws the card anew while the job is under way, with the button that brings a token where
   * `job.card.asksForClick` says so. One try: a card that stays old is no harm.
   */
  redraw(job: Job): Promise<'drawn' | 'card-deleted' | 'not-drawn'>;
  /** Whether somebody deleted the card. Where that can't be told, it stands. */
  isCardDeleted(job: Job): Promise<boolean>;
  /**
   * Looks whether a draft was acknowledged: whether its card stands. One that goes into direct messages
   * is posted, and by its nonce once only.
   * @returns where the card is
   */
  findCard(draft: Job): Promise<Place | 'none' | 'unknown'>;
  /** Draws how the job ended, by the way that `job.delivery` names. */
  announce(job: Job, video: Video | undefined): Promise<Announcement>;
  /** Makes the card point to the message that `job.delivery.sentTo` names. */
  pointToVideo(job: Job): Promise<void>;
  /**
   * Tells the member that the card says how it ended: a new message, which by its nonce Discord takes
   * once only.
   * @returns undefined if it could not be sent
   */
  ping(job: Job): Promise<Place | undefined>;
  tellOwner(words: string): Promise<void>;
}

/** Finds jobs. Every method throws if the store does not answer. */
export interface JobIndex {
  /** The ids of the jobs that have not ended, the oldest first. */
  open(): Promise<string[]>;
  /** The ids of a member's jobs, the oldest first. */
  ofMember(memberId: string): Promise<string[]>;
  /** The ids of the jobs that ended before that time. */
  endedBefore(time: number): Promise<string[]>;
}

/** The records of jobs, each with what it counts for in the {@link Ledger}: both or none are written. */
export interface JobRecords extends JobIndex {
  /** @throws {StoreError} if it can't be read */
  read(jobId: string): Promise<Job | undefined>;
  /** @throws if it was not written */
  write(job: Job): Promise<void>;
  /** Deletes a record. What the job counts for stays. @throws if it was not done */
  remove(job: Job): Promise<void>;
  /**
   * Deletes the record of a job that has ended, unless it is open again: it may be delivered once more.
   * @returns whether it was deleted
   * @throws if it was not done
   */
  drop(job: Job): Promise<boolean>;
}

export interface JobStore {
  /** @returns undefined if there is none. @throws {StoreError} if it can't be read */
  get(jobId: string): Promise<Job | undefined>;
  /** @throws if it was not written. */
  save(job: Job): Promise<void>;
  /** Never throws: what can't be written now is kept in memory and written as soon as it can be. */
  keep(job: Job): Promise<void>;
  /** Whether nothing of a job is kept in memory that the store does not have. */
  isSaved(jobId: string): boolean;
  /** Forgets what was asked of a draft that did not become a job. Never throws. */
  discard(draft: Job): Promise<void>;
  /** What was asked for of an open job. */
  cancelMark(jobId: string): Promise<CancelMark | undefined>;
  isCancelAsked(jobId: string): Promise<boolean>;
  /** The newest token that a click on a job's card brought. */
  newestToken(jobId: string): Promise<Token | undefined>;
}

/** That a job is to be cancelled. */
export interface CancelMark {
  /** Who asked for it first. */
  memberId: string;
  /** The job's member is to be forgotten: nothing of it is to stay when it ends. */
  forget?: boolean | undefined;
}

/** An interaction's token, which reaches the message that the interaction came from. */
export interface Token {
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Where it is counted what happens to jobs. No method throws; none takes an id or a member's words. */
export type Meter = Pick<
  Measures,
  'stageTook' | 'generationEnded' | 'videoUndelivered' | 'charged' | 'looked' | 'failed'
>;

export interface Clock {
  now(): number;
  /** For how long something takes: it counts on while the process is halted, and nobody sets it. */
  monotonicMs(): number;
  /** Resolves after that time, or as soon as the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
