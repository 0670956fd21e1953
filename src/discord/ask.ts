import { type ChatInputCommandInteraction, DiscordAPIError, MessageFlags } from 'discord.js';
import { UserError } from '../errors.ts';
import type { Job, VideoRequest } from '../jobs/job.ts';
import type { LimitReached } from '../jobs/ledger.ts';
import { progressCard } from './card.ts';
import type { Services } from './command.ts';
import { saysCardIsNotThere } from './discord-errors.ts';
import { count, relativeTime } from './text.ts';

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
    // Before the acknowledgement, so that a process that ends around it leaves no card without a job.
    await saveDraft(draft, jobs);
    const messageId = await acknowledge(interaction, draft, ahead);
    if (messageId === 'unknown') {
      engine.addDraft(draft);
      return;
    }
    const job: Job = { ...draft, isDraft: undefined, card: { ...draft.card, messageId } };
    const kept = jobs.keep(job);
    // Not after the write: a click on the card may come first. Writes keep their order.
    engine.add(job);
    await kept;
  } catch (error) {
    await jobs.discard(draft);
    ledger.drop(id);
    engine.forget(id);
    throw error;
  }
}

async function saveDraft(draft: Job, jobs: Services['jobs']): Promise<void> {
  try {
    await jobs.save(draft);
  } catch (cause) {
    throw new UserError(
      'I can’t take new videos for a moment. Nothing was submitted. Try again soon.',
      { cause },
    );
  }
}

/**
 * Puts the card up. An acknowledgement that went unanswered may have been taken all the same: then
 * the card can be edited.
 * @returns the id of its message, or that nobody knows
 * @throws if Discord did not take it
 */
async function acknowledge(
  interaction: ChatInputCommandInteraction,
  draft: Job,
  ahead: number | undefined,
): Promise<string> {
  const card = { components: [progressCard(draft, ahead)], allowedMentions: { parse: [] } };
  try {
    const { resource } = await interaction.reply({
      ...card,
      flags: MessageFlags.IsComponentsV2,
      withResponse: true,
    });
    return resource?.message?.id ?? (await interaction.fetchReply()).id;
  } catch (error) {
    // Plainly refused: too late, or by another process already.
    if (error instanceof DiscordAPIError) throw error;
    try {
      return (await interaction.webhook.editMessage('@original', card)).id;
    } catch (second) {
      if (saysCardIsNotThere(second)) throw error;
      return 'unknown';
    }
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
    isDraft: true,
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
  const { dailyCredits, dailyVideosPerMember, maxActivePerMember } = ledger.limits;
  switch (reached) {
    case 'active':
      return new UserError(
        `You have ${count(maxActivePerMember, 'video')} under way. Wait until one is done, or cancel one.`,
      );
    case 'member-day':
      return new UserError(
        dailyVideosPerMember === 0
          ? 'Nobody can make videos with me for now: my owner has set the day’s limit to none.'
          : `You have had your ${count(dailyVideosPerMember, 'video')} for today. You can ask again ${opens}.`,
      );
    case 'credits':
      return new UserError(
        `What is left of today’s ${count(dailyCredits, 'credit')} for this bot is not enough for this one. New videos can be made ${opens}.`,
      );
  }
}
