import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, startDiscord } from '../../simulator/discord/discord.ts';
import { call, registerVideo } from './discord-http.ts';

let discord: Discord;

beforeEach(async () => {
  discord = await startDiscord();
});

afterEach(() => discord.close());

const path = () => `/applications/${discord.applicationId}/commands`;
const put = (...commands: object[]) => call(discord, 'PUT', path(), commands);
const option = (name: string, rest = {}) => ({ type: 3, name, description: name, ...rest });
const command = (rest = {}) => ({ name: 'video', description: 'Make a video', ...rest });

describe('registering commands', () => {
  it.each([
    [
      'a required option after an optional one',
      { options: [option('a'), option('b', { required: true })] },
    ],
    ['more than 25 options', { options: Array.from({ length: 26 }, (_, n) => option(`o${n}`)) }],
    ['two options of one name', { options: [option('a'), option('a')] }],
    ['a name in capitals', { name: 'Video' }],
    ['no description', { description: '' }],
    ['a description over 100', { description: 'd'.repeat(101) }],
    [
      'choices with autocomplete',
      { options: [option('a', { autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] },
    ],
    [
      'a choice value over 100',
      { options: [option('a', { choices: [{ name: 'a', value: 'v'.repeat(101) }] })] },
    ],
    [
      'over 8000 characters',
      {
        options: Array.from({ length: 25 }, (_, n) => option(`o${n}`, { choices: longChoices(n) })),
      },
    ],
  ])('refuses %s', async (_name, rest) => {
    expect(await put(command(rest))).toMatchObject({ status: 400, code: 50035 });
    expect(discord.state.violations).toHaveLength(1);
    expect(discord.state.commandWrites).toBe(0);
  });

  it('stores what Discord would and keeps ids and versions of what did not change', async () => {
    await registerVideo(discord);
    const first = discord.state.commands.get('global');
    await registerVideo(discord);
    expect(discord.state.commands.get('global')).toEqual(first);
    expect(discord.state.commandWrites).toBe(2);
    expect(first?.[0]).toMatchObject({ type: 1, nsfw: false, integration_types: [0] });
    expect(first?.[0]?.options?.[1]).toMatchObject({ file_types: ['image', '.mp4'] });
    expect(discord.state.violations).toEqual([]);
  });

  it('registers in one server only', async () => {
    const inGuild = (guildId: string) =>
      call(discord, 'PUT', `/applications/${discord.applicationId}/guilds/${guildId}/commands`, [
        command(),
      ]);
    expect((await inGuild(discord.guildId)).status).toBe(200);
    expect(await inGuild(discord.otherGuildId)).toMatchObject({ status: 403, code: 50001 });
    expect(discord.state.commands.has('global')).toBe(false);
  });
});

function longChoices(n: number) {
  return Array.from({ length: 5 }, (_, m) => ({ name: `${n} ${m}`, value: 'v'.repeat(80) }));
}
