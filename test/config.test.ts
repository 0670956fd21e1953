import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSettings, SettingsError, secretsIn } from '../src/config.ts';
import { offerOf } from '../src/offer.ts';

const REQUIRED = { DISCORD_TOKEN: 'a.b.c', SEEDANCE_API_KEY: 'sd2_live_1' };

function wrongLines(env: Record<string, string | undefined>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
  return [];
}

describe('without any setting but the required ones', () => {
  it.each([
    ['DISCORD_API_URL', 'https://discord.com/api'],
    ['DISCORD_GUILD_ID', undefined],
    ['SHARDS', 'auto'],
    ['SEEDANCE_API_URL', 'https://www.seedance2.ink/api/open/v1'],
    ['SEEDANCE_MAX_CONCURRENT', 3],
    ['DAILY_CREDITS', 2000],
    ['DAILY_VIDEOS_PER_MEMBER', 10],
    ['MAX_ACTIVE_PER_MEMBER', 3],
    ['MONTHLY_CREDITS', undefined],
    ['DAILY_VIDEOS', undefined],
    ['MONTHLY_VIDEOS', undefined],
    ['DAILY_CREDITS_PER_SERVER', undefined],
    ['MONTHLY_CREDITS_PER_SERVER', undefined],
    ['DAILY_VIDEOS_PER_SERVER', undefined],
    ['MONTHLY_VIDEOS_PER_SERVER', undefined],
    ['DAILY_CREDITS_PER_MEMBER', undefined],
    ['MONTHLY_CREDITS_PER_MEMBER', undefined],
    ['MONTHLY_VIDEOS_PER_MEMBER', undefined],
    ['COOLDOWN_SECONDS', 0],
    ['HISTORY_DAYS', 30],
    ['MIN_ACCOUNT_AGE_DAYS', 0],
    ['AUDIT_CHANNEL_ID', undefined],
    ['AUDIT_PROMPTS', false],
    ['EVIDENCE_DAYS', 30],
    ['ALLOWED_GUILDS', undefined],
    ['ALLOWED_MODELS', ['seedance-2.0', 'seedance-2.0-fast', 'seedance-1.5-pro']],
    ['MAX_DURATION', undefined],
    ['MAX_RESOLUTION', undefined],
    ['USER_INSTALL', false],
    ['PRIVACY_URL', undefined],
    ['SUPPORT_URL', undefined],
    ['POLL_MIN_MS', 1000],
    ['POLL_MAX_MS', 15_000],
    ['LOOKS_PER_SECOND', 50],
    ['JOB_TIMEOUT_MINUTES', 120],
    ['DATA_DIR', './data'],
    ['DATABASE_URL', undefined],
    ['HTTP_PORT', undefined],
    ['PUBLIC_URL', undefined],
    ['LOG_LEVEL', 'info'],
  ] as const)('%s is %j', (name, value) => {
    expect(readSettings(REQUIRED)[name]).toEqual(value);
  });

  it('every model, duration and resolution is offered', () => {
    const offer = offerOf(readSettings(REQUIRED).allowed);
    expect(offer.models).toHaveLength(3);
    expect(offer.resolutions()).toEqual(['480p', '720p', '1080p']);
    expect(offer.durationsSecs('seedance-2.0')).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  });
});

describe('the limits', () => {
  const none = { videos: undefined, credits: undefined };

  it('are none but the day’s, if nothing is set', () => {
    expect(readSettings(REQUIRED).limits).toEqual({
      allowed: {
        bot: { day: { videos: undefined, credits: 2000 }, month: none },
        server: { day: none, month: none },
        member: { day: { videos: 10, credits: undefined }, month: none },
        'member-here': {},
      },
      maxActivePerMember: 3,
      cooldownMs: 0,
    });
  });

  it('are about whom their names say, and when', () => {
    const names = ['CREDITS', 'VIDEOS'].flatMap((what) =>
      ['', '_PER_SERVER', '_PER_MEMBER'].flatMap((scope) =>
        ['DAILY', 'MONTHLY'].map((span) => `${span}_${what}${scope}`),
      ),
    );
    const env = Object.fromEntries(names.map((name, index) => [name, String(index)]));
    const settings = readSettings({ ...REQUIRED, ...env, COOLDOWN_SECONDS: '90' });
    const { allowed, cooldownMs } = settings.limits;
    expect(allowed).toEqual({
      bot: { day: { credits: 0, videos: 6 }, month: { credits: 1, videos: 7 } },
      server: { day: { credits: 2, videos: 8 }, month: { credits: 3, videos: 9 } },
      member: { day: { credits: 4, videos: 10 }, month: { credits: 5, videos: 11 } },
      'member-here': {},
    });
    expect(cooldownMs).toBe(90_000);
  });
});

describe('a value that is right', () => {
  it.each([
    ['DISCORD_API_URL', 'http://127.0.0.1:8080/api/', 'http://127.0.0.1:8080/api'],
    ['DISCORD_API_URL', 'https://discord.com/api/v10', 'https://discord.com/api'],
    ['DISCORD_GUILD_ID', '1234567890', '1234567890'],
    ['SHARDS', 'auto', 'auto'],
    ['SHARDS', '0/1', { ids: [0], count: 1 }],
    ['SHARDS', '0-3/16', { ids: [0, 1, 2, 3], count: 16 }],
    ['SHARDS', '0, 2, 5 / 16', { ids: [0, 2, 5], count: 16 }],
    ['SHARDS', '14-15,0,0-1/16', { ids: [14, 15, 0, 1], count: 16 }],
    ['SEEDANCE_API_URL', 'https://example.com/v1//', 'https://example.com/v1'],
    ['SEEDANCE_MAX_CONCURRENT', '1', 1],
    ['SEEDANCE_MAX_CONCURRENT', '10000', 10_000],
    ['DAILY_CREDITS', '0', 0],
    ['DAILY_VIDEOS_PER_MEMBER', '0', 0],
    ['MAX_ACTIVE_PER_MEMBER', '1', 1],
    ['MONTHLY_CREDITS', '0', 0],
    ['DAILY_VIDEOS_PER_SERVER', '1000000', 1_000_000],
    ['COOLDOWN_SECONDS', '86400', 86_400],
    ['HISTORY_DAYS', '1', 1],
    ['MIN_ACCOUNT_AGE_DAYS', '30', 30],
    ['AUDIT_CHANNEL_ID', '1234567890', '1234567890'],
    ['AUDIT_PROMPTS', 'true', true],
    ['EVIDENCE_DAYS', '1', 1],
    ['ALLOWED_GUILDS', '1, 2,,3 ', ['1', '2', '3']],
    ['ALLOWED_MODELS', 'seedance-1.5-pro', ['seedance-1.5-pro']],
    ['MAX_DURATION', '4', 4],
    ['MAX_RESOLUTION', '480p', '480p'],
    ['USER_INSTALL', 'true', true],
    ['USER_INSTALL', 'false', false],
    ['PRIVACY_URL', 'https://example.org/privacy', 'https://example.org/privacy'],
    ['SUPPORT_URL', 'https://discord.gg/boats/', 'https://discord.gg/boats'],
    ['JOB_TIMEOUT_MINUTES', '0.5', 0.5],
    ['DATA_DIR', '/data', '/data'],
    ['HTTP_PORT', '0', 0],
    ['HTTP_PORT', '65535', 65_535],
    ['LOG_LEVEL', 'debug', 'debug'],
  ] as const)('%s=%s is read', (name, text, value) => {
    expect(readSettings({ ...REQUIRED, [name]: text })[name]).toEqual(value);
  });

  it.each([
    ['https://bot.example', 'https://bot.example'],
    ['https://bot.example:8443/seedance/', 'https://bot.example:8443/seedance'],
    ['https://8.8.8.8', 'https://8.8.8.8'],
  ])('PUBLIC_URL=%s is read beside HTTP_PORT', (text, value) => {
    const settings = readSettings({ ...REQUIRED, HTTP_PORT: '0', PUBLIC_URL: text });
    expect(settings.PUBLIC_URL).toBe(value);
  });

  it('may stand among blanks', () => {
    expect(readSettings({ ...REQUIRED, DAILY_CREDITS: ' 7 ' }).DAILY_CREDITS).toBe(7);
  });
});

describe('a value that is wrong', () => {
  it.each([
    ['DISCORD_TOKEN', 'zq9 zq9'],
    ['SEEDANCE_API_KEY', 'zq9 zq9'],
    ['SEEDANCE_API_KEY', 'zq9é'],
    ['DISCORD_API_URL', 'zq9'],
    ['DISCORD_API_URL', 'ftp://zq9.com'],
    ['DISCORD_GUILD_ID', 'zq9'],
    ['SHARDS', 'zq9'],
    ['SHARDS', '4'],
    ['SHARDS', '1/1'],
    ['SHARDS', '/16'],
    ['SHARDS', '0/'],
    ['SHARDS', '0/0'],
    ['SHARDS', '0,/16'],
    ['SHARDS', '12-16/16'],
    ['SHARDS', '5-4/16'],
    ['SHARDS', '1-2-3/16'],
    ['SHARDS', '1/16/16'],
    ['SHARDS', '1.5/16'],
    ['SHARDS', '-1/16'],
    ['SHARDS', '0-999999998/999999999'],
    ['SEEDANCE_API_URL', 'zq9'],
    ['SEEDANCE_API_URL', 'file:///zq9'],
    ['SEEDANCE_MAX_CONCURRENT', '0'],
    ['SEEDANCE_MAX_CONCURRENT', '10001'],
    ['SEEDANCE_MAX_CONCURRENT', 'zq9'],
    ['DAILY_CREDITS', '-99871'],
    ['DAILY_CREDITS', '1.25'],
    ['DAILY_CREDITS', 'zq9'],
    ['DAILY_VIDEOS_PER_MEMBER', '-99871'],
    ['MAX_ACTIVE_PER_MEMBER', '0'],
    ['MONTHLY_CREDITS', '-99871'],
    ['DAILY_VIDEOS', 'zq9'],
    ['MONTHLY_VIDEOS', '1.25'],
    ['DAILY_CREDITS_PER_SERVER', 'zq9'],
    ['MONTHLY_VIDEOS_PER_MEMBER', '-99871'],
    ['COOLDOWN_SECONDS', '-99871'],
    ['COOLDOWN_SECONDS', '86401'],
    ['HISTORY_DAYS', '0'],
    ['HISTORY_DAYS', '3651'],
    ['MIN_ACCOUNT_AGE_DAYS', '-99871'],
    ['AUDIT_CHANNEL_ID', 'zq9'],
    ['AUDIT_PROMPTS', 'zq9'],
    ['EVIDENCE_DAYS', '0'],
    ['ALLOWED_GUILDS', '1,zq9'],
    ['ALLOWED_GUILDS', 'zq9,zq9,zq9'],
    ['ALLOWED_GUILDS', ','],
    ['ALLOWED_MODELS', 'seedance-2.0,zq9'],
    ['ALLOWED_MODELS', ','],
    ['MAX_DURATION', '3'],
    ['MAX_DURATION', '61'],
    ['MAX_RESOLUTION', '4k'],
    ['USER_INSTALL', 'zq9'],
    ['USER_INSTALL', '1'],
    ['PRIVACY_URL', 'zq9'],
    ['PRIVACY_URL', 'javascript:zq9'],
    ['SUPPORT_URL', 'zq9'],
    ['SUPPORT_URL', 'mailto:zq9@zq9.com'],
    ['POLL_MIN_MS', '0'],
    ['POLL_MAX_MS', 'zq9'],
    ['LOOKS_PER_SECOND', '0'],
    ['JOB_TIMEOUT_MINUTES', '0'],
    ['JOB_TIMEOUT_MINUTES', '-1'],
    ['JOB_TIMEOUT_MINUTES', '99999'],
    ['DATABASE_URL', 'mysql://zq9'],
    ['DATABASE_URL', 'zq9'],
    ['HTTP_PORT', '65536'],
    ['PUBLIC_URL', 'zq9'],
    ['PUBLIC_URL', 'http://zq9.example'],
    ['PUBLIC_URL', 'https://zq9'],
    ['PUBLIC_URL', 'https://localhost/zq9'],
    ['PUBLIC_URL', 'https://127.0.0.1/zq9'],
    ['PUBLIC_URL', 'https://10.0.0.8'],
    ['PUBLIC_URL', 'https://[::1]:8080'],
    ['PUBLIC_URL', 'https://zq9.example/?zq9=1'],
    ['PUBLIC_URL', 'https://zq9.example/#zq9'],
    ['PUBLIC_URL', 'https://zq9:zq9@zq9.example'],
    ['LOG_LEVEL', 'loud'],
  ])(
    '%s=%s gives one line that names it, says what is right and never the value',
    (name, value) => {
      const lines = wrongLines({ ...REQUIRED, HTTP_PORT: '0', [name]: value });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(new RegExp(`^${name} is wrong: \\S`));
      expect(lines[0]).not.toContain('\n');
      if (value.length > 3) expect(lines[0]).not.toContain(value);
      expect(lines[0]).not.toContain('zq9');
    },
  );

  it.each([['DISCORD_TOKEN'], ['SEEDANCE_API_KEY']])(
    '%s missing gives one line that says so',
    (name) => {
      for (const unset of [undefined, '', '   ']) {
        const lines = wrongLines({ ...REQUIRED, [name]: unset });
        expect(lines).toEqual([expect.stringMatching(new RegExp(`^${name} is missing: \\S`))]);
      }
    },
  );

  it('is told for each variable when several are wrong at once', () => {
    const lines = wrongLines({ DAILY_CREDITS: 'x', ALLOWED_GUILDS: 'x,y', HTTP_PORT: '-1' });
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'ALLOWED_GUILDS',
      'DAILY_CREDITS',
      'DISCORD_TOKEN',
      'HTTP_PORT',
      'SEEDANCE_API_KEY',
    ]);
  });

  it('of POLL_MIN_MS is one above POLL_MAX_MS', () => {
    const lines = wrongLines({ ...REQUIRED, POLL_MIN_MS: '20', POLL_MAX_MS: '10' });
    expect(lines).toEqual([expect.stringMatching(/^POLL_MIN_MS .*POLL_MAX_MS/)]);
  });

  it('of POLL_MIN_MS is told together with another variable that is missing', () => {
    const lines = wrongLines({ DISCORD_TOKEN: 'a.b.c', POLL_MIN_MS: '20', POLL_MAX_MS: '10' });
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'POLL_MIN_MS',
      'SEEDANCE_API_KEY',
    ]);
  });

  it('of POLL_MIN_MS is not one equal to POLL_MAX_MS', () => {
    expect(wrongLines({ ...REQUIRED, POLL_MIN_MS: '20', POLL_MAX_MS: '20' })).toEqual([]);
  });

  it('of USER_INSTALL is true while the commands are registered in one server only', () => {
    const both = { ...REQUIRED, DISCORD_GUILD_ID: '1', USER_INSTALL: 'true' };
    expect(wrongLines(both)).toEqual([
      expect.stringMatching(/^USER_INSTALL is wrong: .*DISCORD_GUILD_ID/),
    ]);
    expect(wrongLines({ ...both, USER_INSTALL: 'false' })).toEqual([]);
    expect(wrongLines({ ...both, DISCORD_GUILD_ID: '' })).toEqual([]);
  });

  it('of PUBLIC_URL is one without HTTP_PORT', () => {
    const alone = { ...REQUIRED, PUBLIC_URL: 'https://bot.example' };
    expect(wrongLines(alone)).toEqual([expect.stringMatching(/^PUBLIC_URL is wrong: .*HTTP_PORT/)]);
    expect(wrongLines({ ...alone, HTTP_PORT: '8080' })).toEqual([]);
  });

  it('of MAX_DURATION is one that no allowed model can make', () => {
    const only = { ...REQUIRED, ALLOWED_MODELS: 'seedance-1.5-pro', MAX_DURATION: '4' };
    expect(wrongLines(only)).toEqual([expect.stringMatching(/^MAX_DURATION is wrong: .*5/)]);
    expect(wrongLines({ ...only, MAX_DURATION: '5' })).toEqual([]);
  });
});

it.each([
  ['pa%24s', 'pa$s'],
  ['50%off', '50%off'],
])(
  'the password «%s» of DATABASE_URL is a secret, as it is written and as it is meant',
  (written, meant) => {
    const url = `postgres://bot:${written}@db/bot`;
    const secrets = secretsIn(readSettings({ ...REQUIRED, DATABASE_URL: url }));
    expect(secrets).toEqual(expect.arrayContaining([written, meant]));
  },
);

it('a blank variable counts as unset', () => {
  const blank = { ...REQUIRED, DAILY_CREDITS: '', DATABASE_URL: ' ', HTTP_PORT: '\t' };
  const { DAILY_CREDITS, DATABASE_URL, HTTP_PORT } = readSettings(blank);
  expect([DAILY_CREDITS, DATABASE_URL, HTTP_PORT]).toEqual([2000, undefined, undefined]);
});

describe('.env of the working directory', () => {
  const run = promisify(execFile);
  const source = new URL('../src/config.ts', import.meta.url).href;
  const program = `
    const { loadSettings } = await import(${JSON.stringify(source)});
    const { DISCORD_TOKEN, SEEDANCE_API_KEY, DAILY_CREDITS } = loadSettings();
    console.log(JSON.stringify({ DISCORD_TOKEN, SEEDANCE_API_KEY, DAILY_CREDITS }));`;

  async function settingsIn(dotEnv: string | undefined, env: Record<string, string>) {
    const cwd = await mkdtemp(join(tmpdir(), 'settings-'));
    onTestFinished(() => rm(cwd, { recursive: true }));
    if (dotEnv !== undefined) await writeFile(join(cwd, '.env'), dotEnv);
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], {
      cwd,
      env,
    });
    return JSON.parse(stdout);
  }

  it('is read, and the real environment wins', async () => {
    const dotEnv = 'DISCORD_TOKEN=from-file\nSEEDANCE_API_KEY="from file"\nDAILY_CREDITS=7\n';
    const settings = await settingsIn(dotEnv, { SEEDANCE_API_KEY: 'from-env' });
    expect(settings).toEqual({
      DISCORD_TOKEN: 'from-file',
      SEEDANCE_API_KEY: 'from-env',
      DAILY_CREDITS: 7,
    });
  });

  it('is said to be no file where it is none', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'settings-'));
    onTestFinished(() => rm(cwd, { recursive: true }));
    await mkdir(join(cwd, '.env'));
    const main = new URL('../src/main.ts', import.meta.url).pathname;
    const start = run(process.execPath, [main], { cwd, env: REQUIRED });
    await expect(start).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^\.env can't be read: it should be a file[^\n]*\n$/),
    });
  });

  it('need not be there', async () => {
    expect(await settingsIn(undefined, REQUIRED)).toEqual({ ...REQUIRED, DAILY_CREDITS: 2000 });
  });
});
