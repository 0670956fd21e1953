import { MessageFlags, REST, type RouteLike, Routes } from 'discord.js';
import type { Delivery, Job, Place } from '../jobs/job.ts';
import type { Announcement, Announcer, Video } from '../jobs/ports.ts';
import type { Log } from '../log.ts';
import type { Measures } from '../measures.ts';
import { progressCard } from './card.ts';
import { findDirectCard, isCardOf, isDirectClosed, openDirectChannel } from './direct-card.ts';
import { isUnknownMessage, readAnswer, saysCardIsNotThere } from './discord-errors.ts';
import { altText, endCard, finishedCard, type ShownVideo } from './end-card.ts';
import { jobLink } from './message-link.ts';
import { readOwners } from './owner.ts';
import { postPing } from './ping.ts';
import { asReply } from './reply.ts';
import { sentMessage } from './sent-message.ts';
import { send, type Upload } from './upload.ts';
import { watchRest } from './watch-rest.ts';

const NOBODY = { parse: [] };

/** Tells members by editing a job's card, or where that can't be, by a message. */
export class DiscordAnnouncer implements Announcer {
  readonly #rest: REST;
  readonly #redraws: REST;
  readonly #uploads: REST;
  readonly #log: Log;
  readonly #jobTimeoutMs: number;

  constructor(options: {
    apiUrl: string;
    token: string;
    log: Log;
    metrics: Measures;
    jobTimeoutMs: number;
  }) {
    const rest = { api: options.apiUrl, version: '10' };
    this.#rest = new REST({ ...rest, retries: 1 }).setToken(options.token);
    // A redraw is worth a moment only: the run that waits for it holds a slot.
    this.#redraws = new REST({
      ...rest,
      retries: 0,
      timeout: 5000,
      rejectOnRateLimit: () => true,
    }).setToken(options.token);
    this.#uploads = new REST({ ...rest, retries: 0, timeout: 120_000 }).setToken(options.token);
    for (const rest of [this.#rest, this.#redraws, this.#uploads]) watchRest(rest, options.metrics);
    this.#log = options.log;
    this.#jobTimeoutMs = options.jobTimeoutMs;
  }

  async redraw(job: Job): Promise<'drawn' | 'card-deleted' | 'not-drawn'> {
    const way = presentWay(job);
    if (!way) return 'not-drawn';
    const body = { ...card([progressCard(job)]), attachments: [] };
    const { route, auth } = routeOfCard(job, way);
    try {
      await this.#redraws.patch(route, { body, auth });
      return 'drawn';
    } catch (err) {
      if (isUnknownMessage(err)) return 'card-deleted';
      this.#log.warn(
        { jobId: job.id, err },
        'A card could not be redrawn: it shows an older state',
      );
      return 'not-drawn';
    }
  }

  async isCardDeleted(job: Job): Promise<boolean> {
    const way = presentWay(job);
    if (!way) return false;
    const { route, auth } = routeOfCard(job, way);
    try {
      await this.#redraws.get(route, { auth });
      return false;
    } catch (err) {
      return isUnknownMessage(err);
    }
  }

  async findCard(draft: Job): Promise<Place | 'none' | 'unknown'> {
    try {
      return draft.card.isDirect
        ? await findDirectCard(this.#rest, draft)
        : await this.#findReply(draft);
    } catch (err) {
      if (saysCardIsNotThere(err) || isDirectClosed(err)) return 'none';
      this.#log.warn({ jobId: draft.id, err }, 'It could not be told whether this card stands');
      return 'unknown';
    }
  }

  async #findReply(draft: Job): Promise<Place | 'none'> {
    const { route, auth } = routeOfCard(draft, 'token');
    const reply = await this.#rest.get(route, { auth });
    return isCardOf(draft, reply) ? sentMessage.parse(reply) : 'none';
  }

  async announce(job: Job, video: Video | undefined): Promise<Announcement> {
    const way = job.delivery?.way ?? 'token';
    const editsCard = way === 'token' || way === 'bot';
    const fileName = `seedance-${job.id}.mp4`;
    const upload = video?.kind === 'file' ? { path: video.path, fileName } : undefined;
    const body = {
      ...card([this.#lastCard(job, video, fileName)]),
      attachments: upload ? [{ id: '0', filename: fileName, description: altText(job) }] : [],
    };
    try {
      const sent = editsCard
        ? await this.#edit(job, way, body, upload)
        : await this.#post(job, way, body, upload);
      return { kind: 'told', ...sentMessage.parse(sent) };
    } catch (err) {
      const answer = readAnswer(err, {
        editsCard,
        withVideo: video !== undefined && video.kind !== 'words',
      });
      this.#log.warn({ jobId: job.id, way, next: answer.kind, err }, 'Discord did not take this');
      return answer;
    }
  }

  async pointToVideo(job: Job): Promise<void> {
    const way = presentWay(job);
    if (!job.delivery?.sentTo || !way) return;
    const body = {
      ...card([finishedCard(job, { kind: 'elsewhere', messageUrl: jobLink(job) })]),
      attachments: [],
    };
    try {
      await this.#edit(job, way, body, undefined).catch((err: unknown) => {
        if (way === 'bot' || job.card.isGuest) throw err;
        return this.#edit(job, 'bot', body, undefined);
      });
    } catch (err) {
      this.#log.warn({ jobId: job.id, err }, 'The card could not be pointed to its video');
    }
  }

  async ping(job: Job): Promise<Place | undefined> {
    try {
      return await postPing(this.#rest, job, Date.now());
    } catch (err) {
      this.#log.warn({ jobId: job.id, err }, 'A member could not be pinged: the card says it all');
      return undefined;
    }
  }

  async tellOwner(words: string): Promise<void> {
    try {
      const [ownerId] = await readOwners(this.#rest);
      if (!ownerId) return;
      const channelId = await openDirectChannel(this.#rest, ownerId);
      await this.#rest.post(Routes.channelMessages(channelId), {
        body: { content: words, allowed_mentions: NOBODY },
      });
    } catch (err) {
      this.#log.warn({ err }, 'The owner could not be told by direct message: this log has it');
    }
  }

  #lastCard(job: Job, video: Video | undefined, fileName: string) {
    if (!video) return endCard(job, this.#jobTimeoutMs);
    const shown: ShownVideo = video.kind === 'file' ? { kind: 'attached', fileName } : video;
    return finishedCard(job, shown);
  }

  #edit(job: Job, way: 'token' | 'bot', body: object, upload: Upload | undefined) {
    const { route, auth } = routeOfCard(job, way);
    return this.#send('patch', route, body, upload, auth);
  }

  /**
   * A new message that names the requester. By its nonce Discord takes it once only; the card in
   * direct messages has another.
   */
  async #post(
    job: Job,
    way: Exclude<Delivery['way'], 'token' | 'bot'>,
    body: object,
    upload: Upload | undefined,
  ) {
    const inChannel = way === 'channel';
    const channelId = inChannel
      ? job.card.channelId
      : await openDirectChannel(this.#rest, job.memberId);
    const message = {
      ...body,
      nonce: `end-${job.id}`,
      enforce_nonce: true,
      allowed_mentions: { users: inChannel && job.wantsPing ? [job.memberId] : [] },
    };
    const route = Routes.channelMessages(channelId);
    if (!inChannel) return this.#send('post', route, message, upload, true);
    return asReply(job, (reference) =>
      this.#send('post', route, { ...message, ...reference }, upload, true),
    );
  }

  #send(
    method: 'post' | 'patch',
    route: RouteLike,
    body: object,
    upload: Upload | undefined,
    auth: boolean,
  ) {
    return send(upload ? this.#uploads : this.#rest, method, route, body, { upload, auth });
  }
}

/** Where a job's card is edited. */
function routeOfCard(job: Job, way: 'token' | 'bot'): { route: RouteLike; auth: boolean } {
  const { applicationId, token, channelId, messageId } = job.card;
  // A 401 on an authorised call would end that REST: the webhook's own token is its authorisation.
  return way === 'token'
    ? { route: Routes.webhookMessage(applicationId, token), auth: false }
    : { route: Routes.channelMessage(channelId, messageId), auth: true };
}

/** @returns undefined where nothing reaches it: the bot is a guest there, and the token has ended */
function presentWay({ card: { isGuest, tokenExpiresAt } }: Job): 'token' | 'bot' | undefined {
  if (tokenExpiresAt > Date.now()) return 'token';
  return isGuest ? undefined : 'bot';
}

function card(components: object[]) {
  return { flags: MessageFlags.IsComponentsV2, components, allowed_mentions: NOBODY };
}
