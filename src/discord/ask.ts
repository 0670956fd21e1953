import { type ChatInputCommandInteraction, DiscordAPIError, MessageFlags } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Job, VideoRequest } from '../jobs/job.ts';
import type { LimitReached } from '../jobs/ledger.ts';
import { progressCard } from './card.ts';
import type { Services } from './command.ts';
import { notStartedCard } from './end-card.ts';
import { credits, relativeTime } from './text.ts';

/** Discord: the life of an interaction's token. */
const TOKEN_LIFE_MS = 15 * 60_000;

/**
 * Acknowledges with the card, and only then makes the job.
 * @throws {UserError} if a limit does not allow one more
 */
export async function ask(
  interaction: ChatInputCommandInteraction,
  request: VideoRequest,
  { engine, jobs, ledger, now }: Services,
): Promise<void> {
  const { id, user } = interaction;
  if (ledger.knows(id)) return;
  const reached = ledger.admit(id, user.id, request);
  if (reached) throw limitError(reached, ledger);
  const ahead = engine.expect(id, user.id);
  const draft = draftJob(interaction, request, ahead, now());
  try {
    const { resource } = await interaction.reply({
      flags: MessageFlags.IsComponentsV2,
      components: [progressCard(draft, ahead)],
      allowedMentions: { parse: [] },
      withResponse: true,
    });
    const messageId = resource?.message?.id ?? (await interaction.fetchReply()).id;
    const job: Job = { ...draft, card: { ...draft.card, messageId } };
    const kept = jobs.keep(job);
    // Not after the write: a click on the card may come first. Writes keep their order.
    engine.add(job);
    await kept;
  } catch (error) {
    ledger.drop(id);
    engine.forget(id);
    if (await saysNotStarted(interaction, error)) return;
    throw error;
  }
}

/**
 * An acknowledgement that went unanswered may have been taken all the same: then a card stands there
 * without a job. It is made to say so.
 */
async function saysNotStarted(
  interaction: ChatInputCommandInteraction,
  error: unknown,
): Promise<boolean> {
  if (error instanceof DiscordAPIError) return false;
  try {
    await interaction.webhook.editMessage('@original', {
      components: [notStartedCard()],
      allowedMentions: { parse: [] },
    });
    return true;
  } catch {
    return false;
  }
}

function draftJob(
  interaction: ChatInputCommandInteraction,
  request: VideoRequest,
  ahead: number | undefined,
  now: number,
): Job {
  return {
    id: interaction.id,
    state: 'waiting',
    memberId: interaction.user.id,
    createdAt: now,
    request,
    attempts: 0,
    card: {
      applicationId: interaction.applicationId,
      token: interaction.token,
      tokenExpiresAt: now + TOKEN_LIFE_MS,
      guildId: interaction.guildId,
      channelId: interaction.channelId,
      messageId: interaction.id,
      uploadLimitBytes: interaction.attachmentSizeLimit,
      shows: ahead === undefined ? 'rendering' : 'line',
    },
  };
}

function limitError(reached: LimitReached, ledger: Services['ledger']): UserError {
  const opens = relativeTime(ledger.opensAt());
  const { maxActivePerMember, dailyVideosPerMember } = ledger.limits;
  switch (reached) {
    case 'active':
      return new UserError(
        `You have ${maxActivePerMember === 1 ? 'a video' : `${maxActivePerMember} videos`} under way. Wait until one is done, or cancel one.`,
      );
    case 'member-day':
      return new UserError(
        `You have had your ${dailyVideosPerMember} videos for today. You can ask again ${opens}.`,
      );
    case 'credits':
      return new UserError(
        `Today’s ${credits(ledger.limits.dailyCredits)} for this bot are used up. New videos can be made ${opens}.`,
      );
  }
}
