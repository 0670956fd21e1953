import type { REST, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import { compareCommands } from '../discord/register.ts';
import { ask, unanswered } from './ask.ts';
import type { Row } from './row.ts';

/**
 * Whether Discord has the commands of this version with these settings. Those that differ are no
 * fault: a start of the bot writes them.
 * @param guildId the server of DISCORD_GUILD_ID
 * @param declared the lists any of which is right
 */
export async function checkCommands(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  declared: readonly (readonly RESTPostAPIApplicationCommandsJSONBody[])[],
): Promise<Row> {
  const name = 'commands';
  const answer = await ask(async () => {
    for (const list of declared) {
      const { isSame, wanted } = await compareCommands(rest, applicationId, guildId, list);
      if (isSame) return wanted.length;
    }
    return undefined;
  });
  if (answer.kind === 'refused' && guildId && (answer.status === 403 || answer.status === 404)) {
    return {
      name,
      state: 'wrong',
      saw: 'The bot is not in the server that DISCORD_GUILD_ID names.',
      mend: 'Invite it there with the link above, correct the id, or leave DISCORD_GUILD_ID out.',
    };
  }
  if (answer.kind !== 'answer') return { name, ...unanswered(answer) };
  const where = guildId ? 'in the server of DISCORD_GUILD_ID' : 'everywhere';
  if (answer.value !== undefined) {
    return { name, state: 'ok', saw: `${answer.value} commands are registered ${where}.` };
  }
  return {
    name,
    state: 'note',
    saw: `Those registered ${where} are not those of this version and these settings.`,
    mend: 'The next start of the bot writes them.',
  };
}
