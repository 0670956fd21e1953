import { ApplicationCommandType } from 'discord.js';
import { tellPrivately } from '../src/discord/answer.ts';
import { buttonRow, linkButton } from '../src/discord/buttons.ts';
import { container, text } from '../src/discord/card.ts';
import type { Command } from '../src/discord/command.ts';
import { described, named, places } from '../src/discord/declare.ts';
import { localeOf } from '../src/locale.ts';
import { Words } from '../src/words.ts';

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

  async run(interaction, { command, links, words: { t } }) {
    const animate = Words.in(localeOf(interaction.locale)).t('command.animate.name');
    const card = container('blurple', [
      text(
        `**${t('help.title')}**`,
        t('help.make', { command: command('video') }),
        t('help.animate', { animate }),
        t('help.cards'),
        t('help.own', { videos: command('videos'), settings: command('settings') }),
      ),
      text(t('help.allowed')),
      text(t('help.data', { settings: command('settings') })),
      buttonRow(
        linkButton(links.privacy, t('button.privacy')),
        linkButton(links.support, t('button.support')),
      ),
    ]);
    await tellPrivately(interaction, [card]);
  },
} satisfies Command;
