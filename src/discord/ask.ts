import { randomUUID } from 'node:crypto';
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  InteractionContextType,
  type Message,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '../errors.ts';
import type { Job, Place, VideoRequest } from '../jobs/job.ts';
import type { Admission } from '../jobs/ledger.ts';
import type { Limits } from '../limits.ts';
import { answerPrivately } from './answer.ts';
import { progressCard } from './card.ts';
import type { Context } from './command.ts';
import { isCardOf, isDirectClosed, linkToIt, postDirectCard } from './direct-card.ts';
import { AnsweredElsewhere, isLost, saysCardIsNotThere } from './discord-errors.ts';
import { inTime } from './in-time.ts';
import { TOKEN_LIFE_MS } from './interaction-token.ts';
import { limitError } from './limit-words.ts';
import { isGuest } from './place.ts';

/** What a video can be asked for by. */
export type AskingInteraction =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | ModalSubmitInteraction;

/** A video that is asked for, checked. */
export interface Asking {
  request: VideoRequest;
  isPrivate: boolean;
  /** Those of its member in this place. */
  limits: Limits;
  /** The job on whose card it is asked for, or the draft that it is filled in from. */
  madeFrom?: string;
  sourceUrl?: string;
  /** The server it was first asked for in, where this is in direct messages. */
  askedIn?: string;
  /** Whether the card says what it will cost, where that is known. */
  showsPrice?: boolean;
}

/** The same was asked for a moment ago. */
export class AskedTwice extends UserError {
  override readonly name = 'AskedTwice';
}

/**
 * Acknowledges with the card, and only then makes the job.
 * @throws {UserError} if a limit does not allow one more, or if the member can't be written to
 */
export async function ask(
  interaction: AskingInteraction,
  asking: Asking,
  context: Context,
): Promise<void> {
  const { engine, jobs } = context;
  const asked = draftJob(interaction, asking, context);
  const admission = await admit(asked, asking.limits, context);
  if (!admission) return;
  const { draft, isKnown } = admission;
  try {
    const place = draft.card.isDirect
      ? await putUpDirectly(interaction, admission, context)
      : await putUp(interaction, admission);
    if (place === 'unknown') {
      engine.addDraft(draft);
      return;
    }
    const job: Job = { ...draft, isDraft: undefined, card: { ...draft.card, ...place } };
    await jobs.keep(job);
    engine.add(job);
  } catch (error) {
    if (!isKnown) await dropDraft(draft, error, context);
    throw error;
  }
}

/**
 * Gives a place back, unless another process of the same fleet may have answered: that one has the job
 * then, and has perhaps not saved it yet; or it has refused, and the engine gives the place back.
 */
async function dropDraft(draft: Job, error: unknown, context: Context): Promise<void> {
  const { engine, isShared, ledger, log } = context;
  if (isShared && isLost(error)) return engine.addDraft(draft);
  try {
    await ledger.drop(draft.id);
  } catch (err) {
    log.warn({ jobId: draft.id, err }, 'A place could not be given back: the next start does');
  }
}

/**
 * Holds a place for the job before the acknowledgement, with all that is needed to take it up: so that
 * a process that ends around it leaves no card without a job.
 * @returns undefined where it is a job already: the interaction has come twice
 * @throws {UserError} if a limit does not allow one more, or if nobody can tell
 */
async function admit(
  draft: Job,
  limits: Limits,
  { answerBy, ledger, log }: Context,
): Promise<Admission | undefined> {
  const isLate = () => performance.now() > answerBy;
  const admitted = ledger.admit(draft, limits, isLate);
  const answer = await inTime(admitted, answerBy).catch((cause: unknown) => {
    log.error(
      { jobId: draft.id, err: cause },
      'The store refuses to write: no new video is taken. Mend the disk or the database (full? read-only? gone?)',
    );
    throw new UserError(({ t }) => t('refusal.store'), { cause });
  });
  if (!('kind' in answer)) return answer;
  if (answer.kind === 'made') return undefined;
  if (answer.kind === 'twice') throw new AskedTwice(({ t }) => t('refusal.twice'));
  throw limitError(answer);
}

/**
 * Puts the card up. An acknowledgement that went unanswered may have been taken all the same: then
 * the card is there. Where the place was held before, that card, and the job, may be another process's.
 * @returns where it is, or that nobody knows
 * @throws if Discord did not take it
 */
async function putUp(
  interaction: AskingInteraction,
  { draft, ahead, isKnown }: Admission,
): Promise<Place | 'unknown'> {
  const { channelId } = draft.card;
  const card = {
    components: [progressCard(draft, ahead)],
    allowedMentions: { parse: [] },
  };
  try {
    const { resource } = await interaction.reply({
      ...card,
      flags: MessageFlags.IsComponentsV2,
      withResponse: true,
    });
    const messageId = resource?.message?.id ?? (await interaction.fetchReply()).id;
    return { channelId, messageId };
  } catch (error) {
    // Plainly refused: too late, or by another process already.
    if (isKnown || error instanceof DiscordAPIError) throw error;
    return findReply(interaction, draft, error);
  }
}

/**
 * Looks whether the card stands though its acknowledgement failed.
 * @throws the failure, if it does not; {@link AnsweredElsewhere}, if another process's does
 */
async function findReply(
  interaction: AskingInteraction,
  draft: Job,
  failure: unknown,
): Promise<Place | 'unknown'> {
  let reply: Message;
  try {
    reply = await interaction.fetchReply();
  } catch (error) {
    if (saysCardIsNotThere(error)) throw failure;
    return 'unknown';
  }
  if (!isCardOf(draft, reply.components))
    throw new AnsweredElsewhere('Another process answered', { cause: failure });
  return { channelId: draft.card.channelId, messageId: reply.id };
}

/**
 * Puts the card into the member's direct messages, and says so in private where it was asked for.
 * @returns where it is, or that nobody knows whether the acknowledgement was taken
 * @throws {UserError} if the member can't be written to
 */
async function putUpDirectly(
  interaction: AskingInteraction,
  { draft, ahead, isKnown }: Admission,
  { log, words }: Context,
): Promise<(Place & { token: string; tokenExpiresAt: number }) | 'unknown'> {
  try {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  } catch (error) {
    if (isKnown || error instanceof DiscordAPIError) throw error;
    return 'unknown';
  }
  const post = () => postDirectCard(interaction.client.rest, draft, ahead);
  const place = await post()
    .catch((error: unknown) => {
      if (error instanceof DiscordAPIError) throw error;
      // It may have been taken all the same. By its nonce it is not taken twice.
      return post();
    })
    .catch((cause: unknown) => {
      if (!isDirectClosed(cause)) log.warn({ jobId: draft.id, err: cause }, 'No direct message');
      const why = isDirectClosed(cause) ? 'refusal.directClosed' : 'refusal.directUnclear';
      throw new UserError(({ t }) => t(why), { cause });
    });
  void answerPrivately(interaction, linkToIt(place, words), { words }).catch((err: unknown) => {
    log.warn({ jobId: draft.id, err }, 'A member could not be told where the card is');
  });
  return { ...place, token: '', tokenExpiresAt: 0 };
}

function draftJob(
  interaction: AskingInteraction,
  { request, isPrivate, madeFrom, sourceUrl, askedIn, showsPrice }: Asking,
  { durations, gate, now, own, prices, words }: Context,
): Job {
  const createdAt = now();
  const { applicationId, channelId, context, guildId, id, token, user } = interaction;
  if (channelId === null) throw new Error('Discord named no channel for this interaction');
  const isDirect = isPrivate && context !== InteractionContextType.BotDM;
  return {
    id,
    state: 'waiting',
    memberId: user.id,
    locale: words.locale,
    wantsPing: own.wantsPing,
    createdAt,
    request,
    isDraft: true,
    rank: 0,
    attempts: 0,
    madeFrom,
    sourceUrl,
    askedIn: guildId ?? askedIn,
    estimate: {
      usualMs: durations.usual(request),
      credits: showsPrice ? prices.of(request) : undefined,
    },
    card: {
      applicationId,
      token,
      tokenExpiresAt: createdAt + TOKEN_LIFE_MS,
      guildId: isDirect ? null : guildId,
      channelId,
      messageId: id,
      uploadLimitBytes: isDirect ? undefined : interaction.attachmentSizeLimit,
      // Node has randomness in store for these; the card waits for it.
      mark: randomUUID().slice(0, 8),
      shows: gate.pauseMs === 0 ? 'rendering' : 'line',
      isDirect: isDirect || undefined,
      isGuest: (!isDirect && isGuest(interaction)) || undefined,
    },
  };
}
