import { ApplicationCommandType, MessageFlags, type RepliableInteraction } from 'discord.js';
import type { Button, Command, Context } from '../src/discord/command.ts';
import { described, named, places } from '../src/discord/declare.ts';
import { noteDeletedCards } from '../src/discord/deleted-cards.ts';
import { PAGE_SIZE, videosCard } from '../src/discord/videos-card.ts';

/** /videos: a member's own videos, in private. */
export const videos = {
  declare(_offer, where) {
    return {
      type: ApplicationCommandType.ChatInput,
      ...named(({ t }) => t('command.videos.name')),
      ...described(({ t }) => t('command.videos.description')),
      ...places(where),
    };
  },

  async run(interaction, context) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await showPage(interaction, 0, context);
  },
} satisfies Command;

/** Turns the pages of /videos. */
export const videosPage = {
  async press(interaction, context, page) {
    // It stands on private lists alone: whatever else was clicked stays as it is.
    const isList = interaction.message.flags.has(MessageFlags.Ephemeral);
    if (isList) await interaction.deferUpdate();
    else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await showPage(interaction, /^\d{1,6}$/.test(page) ? Number(page) : 0, context);
  },
} satisfies Button;

async function showPage(
  interaction: RepliableInteraction,
  wanted: number,
  context: Context,
): Promise<void> {
  const { command, jobs, ledger, words } = context;
  const memberId = interaction.user.id;
  const { jobs: found, page, total } = await jobs.pageOfMember(memberId, wanted, PAGE_SIZE);
  const shown = await noteDeletedCards(interaction.client.rest, found, jobs);
  const pages = Math.ceil(total / PAGE_SIZE);
  const left = await ledger.videosLeft(memberId);
  const card = videosCard({ jobs: shown, page, pages, left, command: command('video') }, words);
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [card],
    allowedMentions: { parse: [] },
  });
}
