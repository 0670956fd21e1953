import { ApplicationCommandType } from 'discord.js';
import { tellPrivately } from '../src/discord/answer.ts';
import { buttonRow, linkButton } from '../src/discord/buttons.ts';
import { container, text } from '../src/discord/card.ts';
import type { Command } from '../src/discord/command.ts';
import { described, named, places } from '../src/discord/declare.ts';

/** /help: what the bot does, what it may be used for, and where data goes. */
export const help = {
  declare(_offer, where) {
    return {
      type: ApplicationCommandType.ChatInput,
      ...named(({ t }) => t('command.help.name')),
      ...described(({ t }) => t('command.help.description')),
      ...places(where),
    };
  },

  async run(interaction, { links, words: { t } }) {
    const named = (name: 'video' | 'videos' | 'settings') => `\`/${t(`command.${name}.name`)}\``;
    const card = container('blurple', [
      text(
        `**${t('help.title')}**`,
        t('help.make', { command: named('video') }),
        t('help.animate', { animate: t('command.animate.name') }),
        t('help.cards'),
        t('help.own', { videos: named('videos'), settings: named('settings') }),
      ),
      text(t('help.allowed')),
      text(t('help.data', { settings: named('settings') })),
      buttonRow(
        linkButton(links.privacy, t('button.privacy')),
        linkButton(links.support, t('button.support')),
      ),
    ]);
    await tellPrivately(interaction, [card]);
  },
} satisfies Command;
