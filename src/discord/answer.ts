import {
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
  type RepliableInteraction,
} from 'discord.js';
import { quoteBlock } from './text.ts';

/**
 * Says something to one member alone: as the acknowledgement, or after it.
 * @param words plain words in Markdown; what a member wrote must be escaped
 * @param prompt given back to be copied, so that nothing anybody wrote is lost
 */
export async function answerPrivately(
  interaction: RepliableInteraction,
  words: string,
  prompt?: string,
): Promise<void> {
  const lines = prompt ? [words, `Your prompt:\n${quoteBlock(prompt.slice(0, 3000))}`] : [words];
  const components: APIMessageTopLevelComponent[] = lines.map((content) => ({
    type: ComponentType.TextDisplay,
    content,
  }));
  const message = {
    flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
    components,
    allowedMentions: { parse: [] },
  } as const;
  if (interaction.replied || interaction.deferred) await interaction.followUp(message);
  else await interaction.reply(message);
}
