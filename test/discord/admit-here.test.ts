import { describe, expect, it } from 'vitest';
import { Memberships } from '../../src/discord/memberships.ts';
import { EMPTY, type Filling } from '../../src/discord/open-form.ts';
import { admitHere } from '../../src/discord/place.ts';
import { Threads } from '../../src/discord/threads.ts';
import { type GuildRules, NO_RULES } from '../../src/guilds/rules.ts';
import { createLog } from '../../src/log.ts';
import { NOON } from '../jobs/a-job.ts';
import { NO_LIMITS } from './a-context.ts';
import { aClient, aCommand, MIA } from './an-interaction.ts';

type Door = Parameters<typeof admitHere>[1];

const OPEN: Omit<Door, 'guilds' | 'memberships' | 'threads'> = {
  answerBy: Number.MAX_SAFE_INTEGER,
  allowedGuilds: undefined,
  minAccountAgeMs: 0,
  limits: NO_LIMITS,
  pseudonymOf: (memberId) => `not ${memberId}`,
  log: createLog({ level: 'silent', secrets: [] }),
  now: () => NOON,
  gate: { refresh: async () => {}, pause: undefined, isShut: false },
  jobs: { healthy: true },
};

const WANTED: Filling = { given: EMPTY, files: 'none' };
const DAY_MS = 86_400_000;

/** What is said to a member who asks where such rules hold; or what limits them. */
async function ask(
  rules: Partial<GuildRules> = {},
  {
    roles = [],
    door = {},
    wanted = WANTED,
    isDirect = false,
    channel = { type: 0 },
    threads = new Threads(),
  }: {
    roles?: string[];
    door?: Partial<Door>;
    wanted?: Filling;
    isDirect?: boolean;
    /** What Discord says of the channel, or of the member, that it is asked for. */
    channel?: object;
    threads?: Threads;
  } = {},
) {
  const there = { ...NO_RULES, ...rules };
  const guilds = { of: async (id: string) => (id === '20' ? there : NO_RULES) };
  const { client, sent } = aClient(channel);
  const place = isDirect ? { guild_id: undefined } : { member: { user: MIA, roles } };
  const answer = await admitHere(
    aCommand(client, place),
    { ...OPEN, guilds, threads, memberships: new Memberships(() => NOON), ...door },
    wanted,
  ).catch(({ message }: Error) => message);
  return { answer, asked: sent.length };
}

describe('a member who asks', () => {
  it('is let in where nothing is set, and Discord is asked for nothing', async () => {
    expect(await ask()).toMatchObject({ answer: NO_LIMITS, asked: 0 });
  });

  it.each([
    [['7'], true],
    [['8', '7'], true],
    [['8'], false],
    [[], false],
  ])('with the roles %j is one who may: %s', async (roles, isLetIn) => {
    const { answer } = await ask({ roles: ['7', '9'] }, { roles });
    if (isLetIn) expect(answer).toMatchObject(NO_LIMITS);
    else expect(answer).toContain('<@&7> or <@&9>');
  });

  it('has the limits that their roles give them', async () => {
    const rules = { member: { day: { videos: 1 } }, more: { '7': { day: { videos: 5 } } } };
    const { answer } = await ask(rules, { roles: ['7'] });
    expect(answer).toMatchObject({ allowed: { 'member-here': { day: { videos: 5 } } } });
  });

  it('is not let in if blocked', async () => {
    expect((await ask({ blocked: ['not 900'] })).answer).toContain('blocked you');
    expect((await ask({ blocked: ['900', 'not 901'] })).answer).toMatchObject(NO_LIMITS);
  });

  it('is told which channels are right', async () => {
    expect((await ask({ channels: ['30'] })).answer).toMatchObject(NO_LIMITS);
    const { answer } = await ask({ channels: ['31', '32'] });
    expect(answer).toContain('<#31> or <#32>');
  });

  it.each([
    ['a thread of a channel that is right', { type: 11, parent_id: '31' }, true],
    ['a thread of another', { type: 11, parent_id: '33' }, false],
    ['a channel under a category of that id', { type: 0, parent_id: '31' }, false],
  ])('in %s is let in: %s', async (_, channel, isLetIn) => {
    const { answer, asked } = await ask({ channels: ['31'] }, { channel });
    expect(asked).toBe(1);
    if (isLetIn) expect(answer).toMatchObject(NO_LIMITS);
    else expect(answer).toContain('<#31>');
  });

  it('in a channel that is wrong is told so for a private video too', async () => {
    const wanted: Filling = { ...WANTED, given: { ...EMPTY, isPrivate: true } };
    expect((await ask({ channels: ['31'] }, { wanted })).answer).toContain('<#31>');
  });

  it('in direct messages is under the rules of the server it was first asked for in', async () => {
    const wanted = { ...WANTED, askedIn: '20' };
    const direct = { isDirect: true, wanted, channel: { roles: ['8'] } };
    expect((await ask({ blocked: ['not 900'] }, direct)).answer).toContain('blocked you');
    expect((await ask({ roles: ['7'] }, direct)).answer).toContain('<@&7>');
    expect((await ask({ roles: ['8'] }, direct)).answer).toMatchObject(NO_LIMITS);
    expect((await ask({ channels: ['31'] }, direct)).answer).toMatchObject(NO_LIMITS);
    const { answer } = await ask({ server: { day: { videos: 3 } } }, direct);
    expect(answer).toMatchObject({ allowed: { server: { day: { videos: 3 } } } });
  });

  it('is asked to try again where Discord does not say what was promised', async () => {
    const rubbish = { channel: { rubbish: true } };
    expect((await ask({ channels: ['31'] }, rubbish)).answer).toContain('Try again');
    const direct = { ...rubbish, isDirect: true, wanted: { ...WANTED, askedIn: '20' } };
    expect((await ask({}, direct)).answer).toContain('Try again');
  });

  it('is looked for in a thread once only', async () => {
    const inThread = { channel: { type: 11, parent_id: '31' }, threads: new Threads() };
    expect((await ask({ channels: ['31'] }, inThread)).asked).toBe(1);
    expect(await ask({ channels: ['31'] }, inThread)).toMatchObject({
      answer: NO_LIMITS,
      asked: 0,
    });
  });

  it('in direct messages alone is under no server’s rules', async () => {
    expect((await ask({ blocked: ['not 900'] }, { isDirect: true })).answer).toMatchObject(
      NO_LIMITS,
    );
  });

  it('is told when their account is old enough', async () => {
    // Discord's ids begin with 2015, and so does this account.
    const door = { minAccountAgeMs: NOON - Date.UTC(2015, 0, 1) + DAY_MS };
    expect((await ask({}, { door })).answer).toContain(`<t:${(NOON + DAY_MS) / 1000}:R>`);
    const old = { minAccountAgeMs: NOON - Date.UTC(2015, 0, 1) };
    expect((await ask({}, { door: old })).answer).toMatchObject(NO_LIMITS);
  });

  it('is told that the owner has paused the bot', async () => {
    const gate = { ...OPEN.gate, pause: { byMemberId: '1', since: NOON } };
    expect((await ask({}, { door: { gate } })).answer).toContain('paused');
  });

  it('is not let in by a store that does not answer', async () => {
    const outOfReach = async () => {
      throw new Error('Out of reach');
    };
    const gate = { ...OPEN.gate, refresh: outOfReach };
    for (const door of [{ guilds: { of: outOfReach } }, { gate }]) {
      expect((await ask({}, { door })).answer).toContain('Nothing was submitted');
    }
  });
});
