import { existsSync } from 'node:fs';
import * as z from 'zod';
import type { Limits } from './limits.ts';
import { LONGEST_SECS, MODEL_IDS, RESOLUTIONS } from './models.ts';
import type { Allowed } from './offer.ts';
import { isPublicHost } from './public-host.ts';
import { readShards, type Shards } from './shards.ts';

/** What is wrong with the environment: one line for each variable, fit to be printed as it is. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

export type Settings = z.output<typeof environment> & {
  allowed: Allowed;
  /** The owner's, for everybody everywhere. */
  limits: Limits;
  /** Bounds of the pause between two looks. */
  pace: { minMs: number; maxMs: number };
};

/** The message for a variable: what it should be, and never what it is, for it may be a secret. */
const shouldBe = (what: string) => ({
  error: (issue: { input?: unknown }) =>
    issue.input === undefined ? `is missing: ${what}` : `is wrong: it should be ${what}`,
});

const wholeNumber = (what: string, min: number, max: number) =>
  z.coerce
    .number(shouldBe(what))
    .int(shouldBe(what))
    .min(min, shouldBe(what))
    .max(max, shouldBe(what));

const httpUrl = (what: string) =>
  z.url({ protocol: /^https?$/, ...shouldBe(what) }).transform((url) => url.replace(/\/+$/, ''));

/** Seedance calls no other: and a submit that names one is refused. */
const publicHttpsUrl = (what: string) =>
  z
    .url({ protocol: /^https$/, ...shouldBe(what) })
    .refine((text) => {
      const url = URL.parse(text);
      const isBare = url && !url.search && !url.hash && !url.username && !url.password;
      return isBare && isPublicHost(url);
    }, shouldBe(what))
    .transform((url) => url.replace(/\/+$/, ''));

const listOf = <Item extends z.ZodType<unknown, string>>(
  what: string,
  item: (what: string) => Item,
) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item(what)).min(1, shouldBe(what)));

const snowflake = (what: string) => z.string(shouldBe(what)).regex(/^\d{1,20}$/, shouldBe(what));

const credits = wholeNumber('a whole number of credits, 0 or more', 0, 1e9);
const videos = wholeNumber('a whole number, 0 or more', 0, 1e6);

const shards = (what: string) =>
  z.string().transform((text, context): Shards => {
    const read = readShards(text);
    if (read) return read;
    context.addIssue(`is wrong: it should be ${what}`);
    return z.NEVER;
  });

const environment = z
  .object({
    DISCORD_TOKEN: z
      .string(shouldBe('the bot token from the Discord developer portal, under Bot'))
      .regex(
        /^[\x21-\x7e]+$/,
        shouldBe('the bot token from the Discord developer portal, letter for letter'),
      ),
    SEEDANCE_API_KEY: z
      .string(shouldBe('the API key of your Seedance account (sd2_live_…)'))
      .regex(/^[\x21-\x7e]+$/, shouldBe('the API key of your Seedance account, without spaces')),
    DISCORD_API_URL: httpUrl('a web address such as https://discord.com/api')
      .transform((url) => url.replace(/\/v\d+$/, ''))
      .default('https://discord.com/api'),
    DISCORD_GUILD_ID: snowflake('the id of one server, digits only').optional(),
    SHARDS: shards('auto, or some of the shards and how many there are, such as 0-3/16').default(
      'auto',
    ),
    SEEDANCE_API_URL: httpUrl(
      'a web address such as https://www.seedance2.ink/api/open/v1',
    ).default('https://www.seedance2.ink/api/open/v1'),
    SEEDANCE_MAX_CONCURRENT: wholeNumber('a whole number from 1 to 10000', 1, 10_000).default(3),
    DAILY_CREDITS: credits.default(2000),
    DAILY_VIDEOS_PER_MEMBER: videos.default(10),
    MAX_ACTIVE_PER_MEMBER: wholeNumber('a whole number, 1 or more', 1, 1000).default(3),
    MONTHLY_CREDITS: credits.optional(),
    DAILY_VIDEOS: videos.optional(),
    MONTHLY_VIDEOS: videos.optional(),
    DAILY_CREDITS_PER_SERVER: credits.optional(),
    MONTHLY_CREDITS_PER_SERVER: credits.optional(),
    DAILY_VIDEOS_PER_SERVER: videos.optional(),
    MONTHLY_VIDEOS_PER_SERVER: videos.optional(),
    DAILY_CREDITS_PER_MEMBER: credits.optional(),
    MONTHLY_CREDITS_PER_MEMBER: credits.optional(),
    MONTHLY_VIDEOS_PER_MEMBER: videos.optional(),
    COOLDOWN_SECONDS: wholeNumber('a whole number of seconds from 0 to 86400', 0, 86_400).default(
      0,
    ),
    HISTORY_DAYS: wholeNumber('a whole number of days from 1 to 3650', 1, 3650).default(30),
    MIN_ACCOUNT_AGE_DAYS: wholeNumber('a whole number of days, 0 or more', 0, 3650).default(0),
    AUDIT_CHANNEL_ID: snowflake('the id of one channel, digits only').optional(),
    AUDIT_PROMPTS: z
      .enum(['true', 'false'], shouldBe('true or false'))
      .transform((given) => given === 'true')
      .default(false),
    EVIDENCE_DAYS: wholeNumber('a whole number of days from 1 to 3650', 1, 3650).default(30),
    ALLOWED_GUILDS: listOf(
      'ids of servers, digits only, with commas between',
      snowflake,
    ).optional(),
    ALLOWED_MODELS: listOf(`one or more of ${MODEL_IDS.join(', ')}, with commas between`, (what) =>
      z.enum(MODEL_IDS, shouldBe(what)),
    ).default([...MODEL_IDS]),
    MAX_DURATION: wholeNumber(
      `a whole number of seconds from 4 to ${LONGEST_SECS}`,
      4,
      LONGEST_SECS,
    ).optional(),
    MAX_RESOLUTION: z.enum(RESOLUTIONS, shouldBe(`one of ${RESOLUTIONS.join(', ')}`)).optional(),
    USER_INSTALL: z
      .enum(['true', 'false'], shouldBe('true or false'))
      .transform((given) => given === 'true')
      .default(false),
    PRIVACY_URL: httpUrl('a web address such as https://example.org/privacy').optional(),
    SUPPORT_URL: httpUrl('a web address such as https://example.org/support').optional(),
    POLL_MIN_MS: wholeNumber('milliseconds, a whole number from 1', 1, 3_600_000).default(1000),
    POLL_MAX_MS: wholeNumber('milliseconds, a whole number from 1', 1, 3_600_000).default(15_000),
    LOOKS_PER_SECOND: wholeNumber('a whole number from 1', 1, 1_000_000).default(50),
    JOB_TIMEOUT_MINUTES: z.coerce
      .number(shouldBe('a number of minutes above 0'))
      .positive(shouldBe('a number of minutes above 0'))
      .max(10_080, shouldBe('at most 10080 minutes, a week'))
      .default(120),
    DATA_DIR: z.string().default('./data'),
    DATABASE_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        ...shouldBe('the address of a PostgreSQL, such as postgres://bot:secret@host:5432/bot'),
      })
      .optional(),
    HTTP_PORT: wholeNumber('a port from 0 to 65535', 0, 65_535).optional(),
    PUBLIC_URL: publicHttpsUrl(
      'the https address, on a public host, at which HTTP_PORT is reached from outside',
    ).optional(),
    LOG_LEVEL: z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        shouldBe('one of fatal, error, warn, info, debug, trace, silent'),
      )
      .default('info'),
  })
  .refine((settings) => !(settings.POLL_MIN_MS > settings.POLL_MAX_MS), {
    path: ['POLL_MIN_MS'],
    error: 'is wrong: it should be no larger than POLL_MAX_MS',
    // Said beside whatever else is wrong: nobody should need two starts to learn of two mistakes.
    when: () => true,
  })
  .refine(({ DISCORD_GUILD_ID, USER_INSTALL }) => !(DISCORD_GUILD_ID && USER_INSTALL === true), {
    path: ['USER_INSTALL'],
    error:
      'is wrong: it should be false while DISCORD_GUILD_ID is set, for commands that are registered in one server are nowhere else',
    when: () => true,
  })
  .refine(({ HTTP_PORT, PUBLIC_URL }) => !(PUBLIC_URL && HTTP_PORT === undefined), {
    path: ['PUBLIC_URL'],
    error: 'is wrong: it should be set together with HTTP_PORT, for without it nothing listens',
    when: () => true,
  })
  .refine(({ ALLOWED_MODELS, MAX_DURATION }) => !isTooShortForAll(ALLOWED_MODELS, MAX_DURATION), {
    path: ['MAX_DURATION'],
    error: 'is wrong: it should be at least 5, the shortest that seedance-1.5-pro makes',
    when: () => true,
  });

/** Also asked of values that are wrong themselves: of those it says no. */
function isTooShortForAll(models: unknown, maxDurationSecs: unknown): boolean {
  const isProAlone = Array.isArray(models) && models.every((model) => model === 'seedance-1.5-pro');
  return isProAlone && maxDurationSecs === 4;
}

/**
 * Reads the settings out of an environment. A blank variable counts as unset.
 * @throws {SettingsError} with one line for each variable that is missing or wrong.
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const byName = new Map(
      parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message] as const),
    );
    throw new SettingsError([...byName].map(([name, message]) => `${name} ${message}`));
  }
  const {
    ALLOWED_MODELS: allowedModels,
    MAX_DURATION: maxDurationSecs,
    MAX_RESOLUTION: maxResolution,
    POLL_MIN_MS: minMs,
    POLL_MAX_MS: maxMs,
  } = parsed.data;
  const allowed = { allowedModels, maxDurationSecs, maxResolution };
  return { ...parsed.data, allowed, limits: limitsOf(parsed.data), pace: { minMs, maxMs } };
}

/** What must never be in a log. */
export function secretsIn({ DATABASE_URL, DISCORD_TOKEN, SEEDANCE_API_KEY }: Settings): string[] {
  const password = DATABASE_URL && new URL(DATABASE_URL).password;
  // As it is written, and as it is meant. A `%` that stands for itself can't be decoded.
  const meant = password?.replace(/(%[0-9a-f]{2})+/gi, decoded);
  const ofDatabase = password ? [password, meant ?? password] : [];
  return [DISCORD_TOKEN, SEEDANCE_API_KEY, ...ofDatabase];
}

function decoded(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

function limitsOf(given: z.output<typeof environment>): Limits {
  return {
    allowed: {
      bot: {
        day: { videos: given.DAILY_VIDEOS, credits: given.DAILY_CREDITS },
        month: { videos: given.MONTHLY_VIDEOS, credits: given.MONTHLY_CREDITS },
      },
      server: {
        day: { videos: given.DAILY_VIDEOS_PER_SERVER, credits: given.DAILY_CREDITS_PER_SERVER },
        month: {
          videos: given.MONTHLY_VIDEOS_PER_SERVER,
          credits: given.MONTHLY_CREDITS_PER_SERVER,
        },
      },
      member: {
        day: { videos: given.DAILY_VIDEOS_PER_MEMBER, credits: given.DAILY_CREDITS_PER_MEMBER },
        month: {
          videos: given.MONTHLY_VIDEOS_PER_MEMBER,
          credits: given.MONTHLY_CREDITS_PER_MEMBER,
        },
      },
      'member-here': {},
    },
    maxActivePerMember: given.MAX_ACTIVE_PER_MEMBER,
    cooldownMs: given.COOLDOWN_SECONDS * 1000,
  };
}

/**
 * Reads `.env` of the working directory, if there is one, and then the environment, which wins.
 * @throws {SettingsError} as {@link readSettings} does.
 */
export function loadSettings(): Settings {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
  } catch (error) {
    throw new SettingsError([`.env can't be read: it should be a file (${error})`]);
  }
  return readSettings(process.env);
}
