import { ApplicationCommandType } from 'discord.js';
import type { MessageCommand } from '../src/discord/command.ts';
import { named, places } from '../src/discord/declare.ts';
import { messageLink } from '../src/discord/message-link.ts';
import { mediaIn } from '../src/discord/message-media.ts';
import { EMPTY, openForm } from '../src/discord/open-form.ts';
import { UserError } from '../src/errors.ts';
import { MAX_REFERENCES } from '../src/references.ts';

/** Animate, in the menu of a message: the form, with what that message shows as its references. */
export const animate = {
  declare(_offer, where) {
    return {
      type: ApplicationCommandType.Message,
      ...named(({ t }) => t('command.animate.name')),
      ...places(where),
    };
  },

  async run(interaction, context) {
    const { channelId, guildId, targetId, targetMessage } = interaction;
    const files = mediaIn(targetMessage).slice(0, MAX_REFERENCES);
    if (files.length === 0) throw new UserError(({ t }) => t('refusal.nothingToAnimate'));
    const sourceUrl = messageLink(guildId, { channelId, messageId: targetId });
    const filling = { given: { ...EMPTY, files }, files: 'kept', sourceUrl } as const;
    await openForm(interaction, 'animate', filling, context);
  },
} satisfies MessageCommand;
