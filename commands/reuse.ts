import { type APIMessageComponent, ButtonStyle, ComponentType, type Message } from 'discord.js';
import type { Button } from '../src/discord/command.ts';
import { findJob } from '../src/discord/find-job.ts';
import { fillingOf, knownFile, openForm } from '../src/discord/open-form.ts';
import { UserError } from '../src/errors.ts';
import { hasExpired } from '../src/references.ts';

/** Use as reference: the form, with the video as its first reference. */
export const reuse = {
  async press(interaction, context, jobId) {
    const job = await findJob(interaction, jobId, context);
    const url = videoLink(interaction.message);
    if (!url || hasExpired(url, context.now())) {
      throw new UserError(({ t }) => t('refusal.videoLinkOld'));
    }
    const { given, askedIn } = fillingOf(job, context.now());
    const files = [knownFile(`seedance-${job.id}.mp4`, url)];
    const filling = { given: { ...given, files }, files: 'reused', askedIn } as const;
    await openForm(interaction, 'reuse', filling, context);
  },
} satisfies Button;

/** More carries the video's fresh address along, as the link of its Download button. */
function videoLink(message: Message): string | undefined {
  const inside = (component: APIMessageComponent): (string | undefined)[] => {
    if (component.type === ComponentType.Container) return component.components.flatMap(inside);
    if (component.type === ComponentType.ActionRow) return component.components.flatMap(inside);
    const isLink = component.type === ComponentType.Button && component.style === ButtonStyle.Link;
    return isLink ? [component.url] : [];
  };
  return message.components.flatMap((component) => inside(component.toJSON())).find(Boolean);
}
