import {
  type APIButtonComponent,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
  type RepliableInteraction,
} from 'discord.js';
import { PROMPT_MAX } from '../prompt.ts';
import type { Words } from '../words.ts';
import { buttonRow } from './buttons.ts';
import { quoteBlock, shorten } from './text.ts';

/** Discord allows 4000 characters in all; an emoji may count for several. */
const PROMPT_MAX_UNITS = 3000;

/**
 * Says something to one member alone: as the acknowledgement, or after it.
 * @param say plain words in Markdown; what a member wrote must be escaped
 * @param options.prompt given back to be copied, so that nothing anybody wrote is lost
 */
export async function answerPrivately(
  interaction: RepliableInteraction,
  say: string,
  {
    words,
    prompt,
    buttons = [],
  }: { words: Words; prompt?: string; buttons?: APIButtonComponent[] },
): Promise<void> {
  const given = prompt ? quoteBlock(shorten(prompt, PROMPT_MAX, PROMPT_MAX_UNITS)) : undefined;
  const lines = given ? [say, `${words.t('sent.yourPrompt')}\n${given}`] : [say];
  await tellPrivately(interaction, [
    ...lines.map((content) => ({ type: ComponentType.TextDisplay, content }) as const),
    ...[buttonRow(...buttons)].filter((row) => row !== undefined),
  ]);
}

/** The same, with components of any kind. A private reply that was put off is what it becomes. */
export async function tellPrivately(
  interaction: RepliableInteraction,
  components: APIMessageTopLevelComponent[],
): Promise<void> {
  const message = { components, allowedMentions: { parse: [] } };
  const flags = MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;
  const isPutOff = interaction.deferred && !interaction.replied && interaction.ephemeral;
  if (isPutOff) await interaction.editReply({ ...message, flags: MessageFlags.IsComponentsV2 });
  else if (interaction.replied || interaction.deferred) {
    await interaction.followUp({ ...message, flags });
  } else await interaction.reply({ ...message, flags });
}
