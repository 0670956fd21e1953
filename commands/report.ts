import {
  type APIMessageComponent,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type ButtonInteraction,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
  type Message,
  MessageFlags,
} from 'discord.js';
import { answerPrivately } from '../src/discord/answer.ts';
import { button } from '../src/discord/buttons.ts';
import type { Button, Context, MessageCommand } from '../src/discord/command.ts';
import { named } from '../src/discord/declare.ts';
import { evidenceOf } from '../src/discord/evidence.ts';
import { findJob, recordOf } from '../src/discord/find-job.ts';
import { STORE_MS } from '../src/discord/in-time.ts';
import { postReport, type Report, reportOfCard, reportOfJob } from '../src/discord/post-report.ts';
import { type ReadCard, readCard } from '../src/discord/read-card.ts';
import { logsFor } from '../src/discord/report-to.ts';
import { UserError } from '../src/errors.ts';
import type { Job, Place } from '../src/jobs/job.ts';
import type { Evidence } from '../src/jobs/reports.ts';

/** Report, under More: asks once more. */
export const report = {
  async press(interaction, context, jobId) {
    const job = endedJob(await findJob(interaction, jobId, context));
    await ask(interaction, { say: 'more.reportAsk', sure: `report-sure:${job.id}` }, context);
  },
} satisfies Button;

/**
 * Report video, in the menu of a message: the same, for a card of the bot's. One whose record is gone,
 * with its member's data or with the years, is reported by what its message tells.
 */
export const reportVideo = {
  declare() {
    return {
      type: ApplicationCommandType.Message,
      ...named(({ t }) => t('command.report.name')),
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild],
    };
  },

  async run(interaction, context) {
    const { client, targetMessage } = interaction;
    const isOwn = targetMessage.author.id === client.user.id;
    const jobId = isOwn ? jobIdOn(targetMessage) : undefined;
    const job = jobId === undefined ? undefined : await recordOf(jobId, context);
    if (jobId === undefined || job?.isDraft) throw notMine();
    if (job) endedJob(job);
    const asking = job
      ? ({ say: 'more.reportAsk', sure: `report-sure:${jobId}` } as const)
      : ({ say: 'more.reportCardAsk', sure: `report-card:${jobId}:${targetMessage.id}` } as const);
    await ask(interaction, asking, context);
  },
} satisfies MessageCommand;

/** Keeps the evidence, and tells those who look after it. */
export const reportSure = {
  async press(interaction, context, jobId) {
    const job = endedJob(await findJob(interaction, jobId, context));
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const read = await lookAt(job.delivery?.sentTo ?? job.card, interaction, context);
    const told = reportOfJob(job, read, interaction.user.id);
    await passOn(interaction, evidenceOf(job), told, context);
  },
} satisfies Button;

/** The same for a card that stands here, and has no record. */
export const reportCardSure = {
  async press(interaction, context, jobId, messageId) {
    if (!SNOWFLAKE.test(jobId) || !SNOWFLAKE.test(messageId)) throw notMine();
    const { channelId, client, guildId, user } = interaction;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const place = { channelId, messageId };
    const read = await lookAt(place, interaction, context);
    if (read && read.authorId !== client.user.id) throw notMine();
    const evidence = { id: jobId, memberId: read?.askedById, guildId, ...place };
    const told = reportOfCard({ place, guildId, read }, user.id);
    await passOn(interaction, evidence, told, context);
  },
} satisfies Button;

const SNOWFLAKE = /^\d{1,20}$/;

/** @returns undefined if Discord does not show the bot what stands there */
async function lookAt(
  { channelId, messageId }: Place,
  { client }: ButtonInteraction,
  { log, now }: Context,
): Promise<ReadCard | undefined> {
  try {
    return await readCard(client.rest, { channelId, messageId }, now());
  } catch (err) {
    log.warn({ channelId, messageId, err }, 'A reported card can’t be read: its link is passed on');
    return undefined;
  }
}

async function ask(
  interaction: Parameters<typeof answerPrivately>[0],
  { say, sure }: { say: 'more.reportAsk' | 'more.reportCardAsk'; sure: string },
  { words }: Context,
): Promise<void> {
  const buttons = [button(sure, words.t('button.reportSure'), ButtonStyle.Danger)];
  await answerPrivately(interaction, words.t(say), { words, buttons });
}

/** Tells the managers of the server and the owner, and the member who of them was told. */
async function passOn(
  interaction: ButtonInteraction,
  evidence: Evidence,
  report: Report,
  context: Context,
): Promise<void> {
  const { log, words } = context;
  const { id: jobId, guildId } = evidence;
  // It is acknowledged by now: the store has its time anew.
  const asked = { ...context, answerBy: performance.now() + STORE_MS };
  const { server, owner } = await logsFor(guildId, asked);
  if (!server && !owner) throw new UserError(({ t }) => t('refusal.reportNowhere'));
  await take(evidence, interaction.user.id, context);
  const told = await Promise.all(
    [server, owner].map(async (to, index) => {
      if (!to) return false;
      try {
        const nonce = `${interaction.id}-${index}`;
        await postReport(interaction.client.rest, report, { ...to, nonce });
        return true;
      } catch (err) {
        log.error({ jobId, channelId: to.channelId, err }, 'A report did not arrive');
        return false;
      }
    }),
  );
  log.info({ jobId, told: told.some(Boolean) }, 'Reported');
  if (!told.some(Boolean)) {
    await takeBack(evidence, interaction.user.id, context);
    throw new UserError(({ t }) => t('refusal.reportFailed'));
  }
  const say = told[0] ? 'more.reportedServer' : 'more.reportedOwner';
  await answerPrivately(interaction, words.t(say), { words });
}

async function take(
  evidence: Evidence,
  byMemberId: string,
  { reports, log }: Context,
): Promise<void> {
  const taken = await reports.take(evidence, byMemberId).catch((cause: unknown) => {
    log.error({ jobId: evidence.id, err: cause }, 'A report could not be kept');
    throw new UserError(({ t }) => t('refusal.reportFailed'), { cause });
  });
  if (taken === 'twice') throw new UserError(({ t }) => t('refusal.reportTwice'));
  if (taken === 'too-many') throw new UserError(({ t }) => t('refusal.reportMany'));
}

async function takeBack(
  { id: jobId }: Evidence,
  byMemberId: string,
  { reports, log }: Context,
): Promise<void> {
  try {
    await reports.takeBack(jobId, byMemberId);
  } catch (err) {
    log.error({ jobId, err }, 'A report that nobody was told of could not be taken back');
  }
}

/** @throws {UserError} if nothing has come of it yet that could be reported */
function endedJob(job: Job): Job {
  if (!job.outcome) throw notMine();
  return job;
}

function notMine(): UserError {
  return new UserError(({ t }) => t('refusal.notMine'));
}

/** The job that a card's buttons are about. */
function jobIdOn(message: Message): string | undefined {
  const inside = (component: APIMessageComponent): (string | undefined)[] => {
    if (component.type === ComponentType.Container) return component.components.flatMap(inside);
    if (component.type === ComponentType.ActionRow) return component.components.flatMap(inside);
    return 'custom_id' in component ? [component.custom_id.split(':')[1]] : [];
  };
  return message.components.flatMap((component) => inside(component.toJSON())).find(Boolean);
}
