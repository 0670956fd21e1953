import { type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';
import * as z from 'zod';
import { installLink, inviteLink } from '../discord/install-links.ts';
import { checkApplication, checkIntents, readApplication } from './application.ts';
import { type Answer, ask, questions, unanswered } from './ask.ts';
import { ChannelCheck, type Looked } from './channels.ts';
import { checkCommands } from './commands.ts';
import { checkGateway } from './gateway.ts';
import { type Row, rowsOf } from './row.ts';

const user = z.object({ id: z.string(), username: z.string() });

interface Known {
  apiUrl: string;
  token: string;
  guildId: string | undefined;
  userInstall: boolean;
  /** The commands as this version declares them with these settings: one list or another. */
  declared: readonly (readonly RESTPostAPIApplicationCommandsJSONBody[])[];
  /** Channels by their ids. */
  channels: ReadonlyMap<string, Looked>;
}

/** Everything that Discord can tell. It is only asked: nothing there changes. */
export async function checkDiscord(known: Known): Promise<Row[]> {
  const rest = questions(known.apiUrl, known.token);
  const me = await ask(async () => user.parse(await rest.get(Routes.user())));
  if (me.kind !== 'answer') return [tokenTrouble(me), ...skipped()];
  const token: Row = { name: 'token', state: 'ok', saw: `The bot is @${me.value.username}.` };
  const [application, gateway, permissions] = await Promise.all([
    rowsOf('application', () => aboutApplication(rest, known)),
    rowsOf('gateway', () => checkGateway(rest)),
    rowsOf('permissions', () => checkChannels(rest, me.value.id, known.channels)),
  ]);
  return [token, ...application, ...gateway, ...permissions];
}

function tokenTrouble(answer: Exclude<Answer<unknown>, { kind: 'answer' }>): Row {
  if (answer.kind === 'refused' && answer.status === 401) {
    return {
      name: 'token',
      state: 'wrong',
      saw: 'Discord refuses DISCORD_TOKEN.',
      mend: 'Make a new one in the developer portal, under Bot → Reset Token, and copy it whole.',
    };
  }
  return { name: 'token', ...unanswered(answer) };
}

function skipped(): Row[] {
  const names = ['application', 'intents', 'install link', 'commands', 'gateway', 'permissions'];
  const saw = 'Looked at once the token is right.';
  return names.map((name) => ({ name, state: 'skipped', saw }));
}

async function aboutApplication(rest: REST, known: Known): Promise<Row[]> {
  const answer = await ask(() => readApplication(rest));
  if (answer.kind !== 'answer') {
    const saw = 'Looked at once Discord says which application this is.';
    const others = ['intents', 'install link', 'commands'] as const;
    return [
      { name: 'application', ...unanswered(answer) },
      ...others.map((name): Row => ({ name, state: 'skipped', saw })),
    ];
  }
  const { value: application } = answer;
  const { guildId, declared, userInstall } = known;
  return [
    ...checkApplication(application, userInstall),
    checkIntents(application),
    ...links(application.id, userInstall),
    await checkCommands(rest, application.id, guildId, declared),
  ];
}

function links(applicationId: string, userInstall: boolean): Row[] {
  const invite: Row = { name: 'install link', state: 'ok', saw: inviteLink(applicationId) };
  if (!userInstall) return [invite];
  return [invite, { name: 'for people', state: 'ok', saw: installLink(applicationId) }];
}

async function checkChannels(
  rest: REST,
  botId: string,
  channels: Known['channels'],
): Promise<Row[]> {
  if (channels.size === 0) {
    const saw = 'No channel is given: npm run doctor -- CHANNEL_ID … looks at what the bot may do.';
    return [{ name: 'permissions', state: 'skipped', saw }];
  }
  const checking = new ChannelCheck(rest, botId);
  const rows = [...channels].map(([id, looked]) => checking.check(id, looked));
  return Promise.all(rows);
}
