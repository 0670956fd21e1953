import {
  ApplicationFlags,
  ApplicationFlagsBitField,
  ApplicationIntegrationType,
  type REST,
  Routes,
} from 'discord.js';
import * as z from 'zod';
import type { Row } from './row.ts';

export type Application = z.output<typeof application>;

const application = z.object({
  id: z.string(),
  name: z.string(),
  flags: z.number().default(0),
  bot_public: z.boolean().default(true),
  bot_require_code_grant: z.boolean().default(false),
  interactions_endpoint_url: z.string().nullish(),
  approximate_guild_count: z.number().optional(),
  integration_types_config: z.record(z.string(), z.unknown()).nullish(),
});

/** @throws what discord.js's REST throws, and what zod throws */
export async function readApplication(rest: REST): Promise<Application> {
  return application.parse(await rest.get(Routes.currentApplication()));
}

/** What is set in the developer portal, against what the bot needs. */
export function checkApplication(found: Application, userInstall: boolean): Row[] {
  const name = 'application';
  const wrong: Row[] = [];
  if (found.interactions_endpoint_url) {
    wrong.push({
      name,
      state: 'wrong',
      saw: 'Discord sends what members do to an Interactions Endpoint URL, and not to the bot.',
      mend: 'Empty that field in the developer portal, under General Information.',
    });
  }
  if (found.bot_require_code_grant) {
    wrong.push({
      name,
      state: 'wrong',
      saw: 'Requires OAuth2 Code Grant is on: the link that invites the bot does not work.',
      mend: 'Switch it off in the developer portal, under Bot.',
    });
  }
  if (userInstall) wrong.push(...checkUserInstall(found));
  if (wrong.length > 0) return wrong;
  const count = found.approximate_guild_count;
  const servers = count === undefined ? '' : `, in ${count} ${count === 1 ? 'server' : 'servers'}`;
  const who = found.bot_public ? 'Everyone with the link' : 'Only its owner';
  return [{ name, state: 'ok', saw: `«${found.name}»${servers}. ${who} can add it.` }];
}

function checkUserInstall({ integration_types_config: places, bot_public }: Application): Row[] {
  const wrong: Row[] = [];
  const offers = !places || String(ApplicationIntegrationType.UserInstall) in places;
  if (!offers) {
    wrong.push({
      name: 'application',
      state: 'wrong',
      saw: 'USER_INSTALL is true, but the application can’t be installed by people to themselves.',
      mend: 'Switch on User Install in the developer portal, under Installation.',
    });
  }
  if (!bot_public) {
    wrong.push({
      name: 'application',
      state: 'wrong',
      saw: 'USER_INSTALL is true, but only the application’s owner can install it.',
      mend: 'Switch on Public Bot in the developer portal, under Bot.',
    });
  }
  return wrong;
}

/** Each privileged intent by its name in the developer portal, and how an application has it. */
const PRIVILEGED: [name: string, full: ApplicationFlags, limited: ApplicationFlags][] = [
  ['Presence', ApplicationFlags.GatewayPresence, ApplicationFlags.GatewayPresenceLimited],
  [
    'Server Members',
    ApplicationFlags.GatewayGuildMembers,
    ApplicationFlags.GatewayGuildMembersLimited,
  ],
  [
    'Message Content',
    ApplicationFlags.GatewayMessageContent,
    ApplicationFlags.GatewayMessageContentLimited,
  ],
];

/** The bot needs no privileged intent. Whatever is on does no harm. */
export function checkIntents({ flags }: Application): Row {
  const has = new ApplicationFlagsBitField(flags);
  const on = PRIVILEGED.filter(([, full, limited]) => has.any([full, limited]));
  if (on.length === 0) {
    return { name: 'intents', state: 'ok', saw: 'No privileged intent is on, and none is needed.' };
  }
  return {
    name: 'intents',
    state: 'note',
    saw: `Privileged intents are on: ${on.map(([name]) => name).join(', ')}. The bot needs none.`,
    mend: 'They do no harm. You can switch them off in the developer portal, under Bot.',
  };
}
