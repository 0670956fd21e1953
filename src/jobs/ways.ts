import { type Delivery, isOwnCancel, type Job } from './job.ts';
import type { Announcement } from './ports.ts';
import { hasToken } from './reach.ts';

type Way = Delivery['way'];

/** The ways that can lead to a member, in the order in which they are tried. */
function waysOf({ isDirect, isGuest }: Job['card']): readonly [Way, ...Way[]] {
  if (isDirect) return ['bot', 'channel'];
  if (isGuest) return ['token', 'direct'];
  return ['token', 'bot', 'channel', 'direct'];
}

/** Where a delivery begins, or goes on. */
export function firstWay(job: Job, now: number): Delivery {
  const [way] = waysOf(job.card);
  const delivery = job.delivery ?? {
    way,
    startedAt: now,
    fromLink: false,
    cardRefusesVideo: false,
  };
  const mayGoOn = delivery.way !== 'token' || job.card.isGuest || hasToken(job, now);
  return mayGoOn ? delivery : { ...delivery, way: 'bot' };
}

/** Whether a way draws the card itself. The others post a new message. */
export function editsCard(way: Way): boolean {
  return way === 'token' || way === 'bot';
}

/** @returns undefined if there is nothing left to try */
export function wayAfter(delivery: Delivery, answer: Announcement, job: Job): Delivery | undefined {
  const ways = waysOf(job.card);
  const later = ways.slice(ways.indexOf(delivery.way) + 1);
  if (answer.kind === 'too-big' && !delivery.fromLink) return { ...delivery, fromLink: true };
  if (answer.kind === 'video-refused') {
    const way = ways.find((candidate) => !editsCard(candidate));
    return way && { ...delivery, way, cardRefusesVideo: true };
  }
  // Nobody needs a new message to hear that their own cancel worked, or where a video is.
  const isWorthAMessage = !isOwnCancel(job) && !delivery.inWords;
  const [way] = isWorthAMessage ? later : later.filter(editsCard);
  if (way) return { ...delivery, way };
  // Only the video was refused, so the card itself can still say where it is.
  const canSay = delivery.cardRefusesVideo && !delivery.inWords;
  return canSay ? { ...delivery, way: ways[0], inWords: true } : undefined;
}
