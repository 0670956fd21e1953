import { type ChatInputCommandInteraction, Routes } from 'discord.js';
import { UserError } from '../errors.ts';
import type { GuildRules } from '../guilds/rules.ts';
import { localeOf } from '../locale.ts';
import { Words } from '../words.ts';
import type { Context } from './command.ts';

/**
 * Makes of what a manager gave the change of their server's log. A new channel is written in first.
 * @returns undefined if nothing is to change
 * @throws {UserError} if the bot can't write there
 */
export async function logChange(
  interaction: ChatInputCommandInteraction,
  given: { channel: string | undefined; prompts: boolean | undefined; off: boolean | undefined },
  { log }: Context,
): Promise<((rules: GuildRules) => GuildRules) | undefined> {
  const { channel: channelId, prompts, off } = given;
  if (off) return (rules) => ({ ...rules, log: undefined });
  if (channelId) {
    const locale = localeOf(interaction.guildLocale ?? 'en');
    try {
      await interaction.client.rest.post(Routes.channelMessages(channelId), {
        body: { content: Words.in(locale).t('admin.logBegins'), allowed_mentions: { parse: [] } },
      });
    } catch (cause) {
      log.warn({ channelId, err: cause }, 'A log channel was chosen that the bot can’t write in');
      throw new UserError(({ t }) => t('admin.logFails'), { cause });
    }
    return (rules) => ({
      ...rules,
      log: { channelId, locale, prompts: prompts ?? rules.log?.prompts ?? false },
    });
  }
  if (prompts === undefined) return undefined;
  return (rules) => {
    if (!rules.log) throw new UserError(({ t }) => t('refusal.noLog'));
    return { ...rules, log: { ...rules.log, prompts } };
  };
}
