import {
  type APIMessageComponent,
  ApplicationCommandType,
  ApplicationIntegrationType,
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
import { findJob, recordOf } from '../src/discord/find-job.ts';
import { postReport } from '../src/discord/post-report.ts';
import { logsFor } from '../src/discord/report-to.ts';
import { UserError } from '../src/errors.ts';
import type { Job } from '../src/jobs/job.ts';

/** Report, under More: asks once more. */
export const report = {
  async press(interaction, context, jobId) {
    const job = endedJob(await findJob(interaction, jobId, context));
    await ask(interaction, job, context);
  },
} satisfies Button;

/** Report video, in the menu of a message: the same, for a card of the bot's. */
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
    if (!job || job.isDraft) throw new UserError(({ t }) => t('refusal.notMine'));
    await ask(interaction, endedJob(job), context);
  },
} satisfies MessageCommand;

/** Keeps the evidence, and tells those who look after it. */
export const reportSure = {
  async press(interaction, context, jobId) {
    const { log, words } = context;
    const job = endedJob(await findJob(interaction, jobId, context));
    const byMemberId = interaction.user.id;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { server, owner } = await logsFor(job, context);
    if (!server && !owner) throw new UserError(({ t }) => t('refusal.reportNowhere'));
    await take(job, byMemberId, context);
    const told = await Promise.all(
      [server, owner].map(async (to) => {
        if (!to) return false;
        try {
          await postReport(interaction.client.rest, job, { ...to, byMemberId });
          return true;
        } catch (err) {
          log.error({ jobId: job.id, channelId: to.channelId, err }, 'A report did not arrive');
          return false;
        }
      }),
    );
    log.info({ jobId: job.id, told: told.some(Boolean) }, 'Reported');
    if (!told.some(Boolean)) throw new UserError(({ t }) => t('refusal.reportFailed'));
    const say = told[0] ? 'more.reportedServer' : 'more.reportedOwner';
    await answerPrivately(interaction, words.t(say), { words });
  },
} satisfies Button;

async function ask(
  interaction: Parameters<typeof answerPrivately>[0],
  job: Job,
  { words }: Context,
): Promise<void> {
  const sure = button(`report-sure:${job.id}`, words.t('button.reportSure'), ButtonStyle.Danger);
  await answerPrivately(interaction, words.t('more.reportAsk'), { words, buttons: [sure] });
}

async function take(job: Job, byMemberId: string, { reports, log }: Context): Promise<void> {
  const taken = await reports.take(job, byMemberId).catch((cause: unknown) => {
    log.error({ jobId: job.id, err: cause }, 'A report could not be kept');
    throw new UserError(({ t }) => t('refusal.reportFailed'), { cause });
  });
  if (taken === 'twice') throw new UserError(({ t }) => t('refusal.reportTwice'));
  if (taken === 'too-many') throw new UserError(({ t }) => t('refusal.reportMany'));
}

/** @throws {UserError} if nothing has come of it yet that could be reported */
function endedJob(job: Job): Job {
  if (!job.outcome) throw new UserError(({ t }) => t('refusal.notMine'));
  return job;
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
