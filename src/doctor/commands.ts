import type { REST, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import { compareCommands } from '../discord/register.ts';
import { ask, unanswered } from './ask.ts';
import type { Row } from './row.ts';

/**
 * Whether Discord has the commands of this version with these settings. Those that differ are no
 * fault: a start of the bot writes them.
 * @param guildId the server of DISCORD_GUILD_ID
 */
export async function checkCommands(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  declared: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<Row> {
  const name = 'commands';
  const answer = await ask(() => compareCommands(rest, applicationId, guildId, declared));
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
  if (answer.value.isSame) {
    const count = answer.value.wanted.length;
    return { name, state: 'ok', saw: `${count} commands are registered ${where}.` };
  }
  return {
    name,
    state: 'note',
    saw: `Those registered ${where} are not all those of this version and these settings.`,
    mend: 'The next start of the bot writes them, but for what Seedance’s list of models leaves out.',
  };
}
