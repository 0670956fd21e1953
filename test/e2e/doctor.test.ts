import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { usualModels } from '../../simulator/seedance/models.ts';
import { examine } from './examining.ts';
import { shareWorld } from './world.ts';

const world = shareWorld();

/** Answers the doctor's next question of this path with a body of the test's own. */
function answer(path: RegExp, body: unknown, headers: Record<string, string> = {}): void {
  world().discord.faults.add({ method: 'GET', path, do: { status: 200, body, headers } });
}

test('all is well: a row for each thing, and exit 0', async () => {
  const { discord } = world();
  const another = discord.addChannel();
  const found = await examine(world(), {}, [another, discord.channelId]);
  expect(found.lastLine).toBe('All is well.');
  expect(found.exitCode).toBe(0);
  const states = [...found.output.matchAll(/^\S.*? {2,}(ok|note|wrong|skipped) /gm)];
  expect(states.map(([, state]) => state)).toEqual(Array(13).fill('ok'));
  expect(found.rows('token')).toEqual(['ok The bot is @seedance.']);
  const [link] = found.rows('install link');
  expect(link).toMatch(/^ok https:\/\/discord\.com\/oauth2\/authorize\?\S+$/);
  expect(link).toContain(`client_id=${discord.applicationId}`);
  expect(found.rows('commands')).toEqual([
    expect.stringMatching(/^ok \d+ commands are registered/),
  ]);
  expect(found.rows('permissions')).toEqual([
    `ok Channel ${another} (#general in «Paper Boats»): all that is needed.`,
    `ok Channel ${discord.channelId} (#general in «Paper Boats»): all that is needed.`,
  ]);
});

test('the owner’s log channel is looked at too; what the next start registers for it is a note', async () => {
  const { SendMessages, ViewChannel } = PermissionFlagsBits;
  const log = world().discord.addChannel({ botPermissions: ViewChannel | SendMessages });
  const found = await examine(world(), { AUDIT_CHANNEL_ID: log });
  expect(found.exitCode).toBe(0);
  expect(found.rows('permissions')).toEqual([
    'ok The channel of AUDIT_CHANNEL_ID (#general in «Paper Boats»): all that is needed.',
  ]);
  expect(found.rows('commands')).toEqual([expect.stringMatching(/^note /)]);
});

test('a wrong setting: a line for each that is wrong, and nothing is asked', async () => {
  const { discord } = world();
  const seen = discord.state.requests.length;
  const found = await examine(world(), { DISCORD_TOKEN: '', DAILY_CREDITS: 'many' });
  expect(found.rows('settings')).toEqual([
    expect.stringMatching(/^wrong DISCORD_TOKEN is missing: /),
    expect.stringMatching(/^wrong DAILY_CREDITS is wrong: /),
  ]);
  expect(found.lastLine).toBe('2 things to mend.');
  expect(found.exitCode).toBe(1);
  expect(discord.state.requests).toHaveLength(seen);
});

test('a wrong token: what hangs on it is skipped, and the rest is looked at', async () => {
  const found = await examine(world(), { DISCORD_TOKEN: 'not.the.token' });
  expect(found.rows('token')).toEqual([
    expect.stringMatching(/^wrong Discord refuses DISCORD_TOKEN\. → .*Reset Token/),
  ]);
  for (const name of ['application', 'install link', 'commands', 'permissions']) {
    expect(found.rows(name)).toEqual([expect.stringMatching(/^skipped /)]);
  }
  for (const name of ['API key', 'clock', 'disk', 'store']) {
    expect(found.rows(name)).toEqual([expect.stringMatching(/^ok /)]);
  }
  expect(found.lastLine).toBe('1 thing to mend.');
  expect(found.exitCode).toBe(1);
});

test('a wrong key, and a server that the bot is not in', async () => {
  const { discord } = world();
  const wrong = { SEEDANCE_API_KEY: 'sd2_live_wrong', DISCORD_GUILD_ID: discord.otherGuildId };
  const found = await examine(world(), wrong);
  expect(found.rows('API key')).toEqual([
    expect.stringMatching(/^wrong Seedance refuses SEEDANCE_API_KEY \(401\)\. → /),
  ]);
  expect(found.rows('commands')).toEqual([
    expect.stringMatching(/^wrong The bot is not in the server that DISCORD_GUILD_ID names\. → /),
  ]);
  expect(found.lastLine).toBe('2 things to mend.');
  expect(found.exitCode).toBe(1);
});

test('channels: the permissions that are missing, by name, and those that can’t be looked at', async () => {
  const { discord } = world();
  const { botPermissions: usual = 0n } = discord.channels.get(discord.channelId) ?? {};
  const without = (...lost: bigint[]) =>
    discord.addChannel({ botPermissions: lost.reduce((left, one) => left & ~one, usual) });
  const { AttachFiles, SendMessagesInThreads, SendMessages, ViewChannel } = PermissionFlagsBits;
  const lacking = without(AttachFiles, SendMessagesInThreads);
  const mute = without(SendMessages);
  const hidden = without(ViewChannel);
  const thread = discord.addChannel({ type: 11 });
  answer(new RegExp(`/${thread}$`), {
    ...{ id: thread, type: 11, name: 'boats\u001b[31m', guild_id: discord.guildId },
    parent_id: mute,
  });
  const given = [lacking, mute, hidden, thread, '404', 'general'];
  const found = await examine(world(), {}, given);
  const place = '(#general in «Paper Boats»)';
  expect(found.rows('permissions').map((row) => row.split(' →')[0])).toEqual([
    `wrong Channel ${lacking} ${place} lacks Attach Files, Send Messages In Threads.`,
    `wrong Channel ${mute} ${place} lacks Send Messages.`,
    `wrong Channel ${hidden} lacks View Channel, or the bot is not in its server.`,
    `ok Channel ${thread} (#boats[31m in «Paper Boats»): all that is needed.`,
    'wrong Channel 404 is not there.',
  ]);
  expect(found.rows('arguments')).toEqual([expect.stringMatching(/^wrong Argument 6 /)]);
  expect(found.lastLine).toBe('5 things to mend.');
  expect(found.exitCode).toBe(1);
});

test('the developer portal, the gateway and the clock: everything that is wrong is told', async () => {
  const { discord } = world();
  answer(/^\/applications\/@me$/, {
    ...{ id: discord.applicationId, name: 'seedance', flags: (1 << 19) | (1 << 14) },
    ...{ bot_public: false, bot_require_code_grant: true, integration_types_config: { 0: {} } },
    interactions_endpoint_url: 'https://example.org/elsewhere',
  });
  const session_start_limit = { total: 1000, remaining: 0, reset_after: 90_000 };
  answer(/^\/gateway\/bot$/, { url: 'ws://127.0.0.1', shards: 7, session_start_limit });
  answer(/^\/gateway$/, {}, { date: new Date(Date.now() + 120_000).toUTCString() });
  const found = await examine(world(), { USER_INSTALL: 'true' });
  expect(found.rows('application')).toEqual([
    expect.stringMatching(/^wrong .*Interactions Endpoint URL/),
    expect.stringMatching(/^wrong .*Code Grant/),
    expect.stringMatching(/^wrong USER_INSTALL .* → .*User Install/),
    expect.stringMatching(/^wrong USER_INSTALL .* → .*Public Bot/),
  ]);
  expect(found.rows('intents')).toEqual([
    expect.stringMatching(/^note Privileged intents are on: Server Members, Message Content\./),
  ]);
  expect(found.rows('commands')).toEqual([
    expect.stringMatching(/^note .* → The next start of the bot writes them\.$/),
  ]);
  expect(found.rows('for people')).toEqual([expect.stringMatching(/^ok .*integration_type=1$/)]);
  expect(found.rows('gateway')).toEqual([
    expect.stringMatching(/^wrong Discord recommends 7 shards; 0 of 1000 .* in 2 minutes\.$/),
  ]);
  expect(found.rows('clock')).toEqual([
    expect.stringMatching(/^wrong It is 1\d\d seconds behind Discord’s\. → /),
  ]);
  expect(found.lastLine).toBe('6 things to mend.');
  expect(found.exitCode).toBe(1);
});

test('a store that a running bot has, and commands for models that Seedance has no more', async () => {
  world().seedance.models = usualModels.slice(1);
  const found = await examine(world(), { DATA_DIR: world().dataDir });
  expect(found.rows('store')).toEqual([expect.stringMatching(/^skipped In use by a running bot/)]);
  expect(found.rows('disk')).toEqual([expect.stringMatching(/^ok DATA_DIR can be written; /)]);
  expect(found.rows('commands')).toEqual([expect.stringMatching(/^note /)]);
  expect(found.rows('API key')).toEqual(['ok Seedance takes it, and has 2 models.']);
  expect(found.lastLine).toBe('All is well.');
  expect(found.exitCode).toBe(0);
});

test('Discord and Seedance down: said so, and the rest is looked at', async () => {
  const { seedance } = world();
  await seedance.goOffline();
  const found = await examine(world(), { DISCORD_API_URL: 'http://127.0.0.1:1/api' }, ['123']);
  expect(found.rows('token')).toEqual([
    expect.stringMatching(/^wrong Discord can’t be reached \(ECONNREFUSED\)\. → /),
  ]);
  for (const name of ['application', 'gateway', 'permissions', 'clock']) {
    expect(found.rows(name)).toEqual([expect.stringMatching(/^skipped /)]);
  }
  expect(found.rows('API key')).toEqual([
    expect.stringMatching(/^wrong Seedance can’t be reached \(ECONNREFUSED\)\. → /),
  ]);
  expect(found.rows('disk')).toEqual([expect.stringMatching(/^ok /)]);
  expect(found.lastLine).toBe('2 things to mend.');
  expect(found.exitCode).toBe(1);
});
