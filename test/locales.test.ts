import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ApplicationCommandOptionType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { surface } from '../commands/index.ts';
import type { FormTitle } from '../src/discord/form.ts';
import { jobSchema } from '../src/jobs/job.ts';
import { LOCALES, type Locale } from '../src/locale.ts';
import { en } from '../src/locales/en.ts';
import { esES } from '../src/locales/es-ES.ts';
import { ja } from '../src/locales/ja.ts';
import { ptBR } from '../src/locales/pt-BR.ts';
import { zhCN } from '../src/locales/zh-CN.ts';
import { zhTW } from '../src/locales/zh-TW.ts';
import { MODEL_IDS, MODELS } from '../src/models.ts';
import { offerOf } from '../src/offer.ts';

/** What the compiler holds a language to: every key of the original that has no plural forms. */
type Wording<Original> = {
  readonly [Key in keyof Original as Key extends `${string}_${'one' | 'other'}`
    ? never
    : Key]: Original[Key] extends string ? string : Wording<Original[Key]>;
};

const LANGUAGES: Record<Locale, Wording<typeof en>> = {
  en,
  'zh-CN': zhCN,
  'zh-TW': zhTW,
  ja,
  'es-ES': esES,
  'pt-BR': ptBR,
};

/** All texts of a language, by the path of their key. */
function textsOf(words: object, path = ''): [key: string, text: string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[path + key, value]];
    return typeof value === 'object' && value ? textsOf(value, `${path}${key}.`) : [];
  });
}

const PLURAL = /_(zero|one|two|few|many|other)$/;
const withoutPlural = (key: string) => key.replace(PLURAL, '');
const ORIGINAL = new Map(textsOf(en).map(([key, text]) => [withoutPlural(key), text]));
const HAVE_PLURALS = new Set(
  textsOf(en)
    .filter(([key]) => PLURAL.test(key))
    .map(([key]) => withoutPlural(key)),
);

const PLACEHOLDER = /\{\{.*?\}\}/g;
/** The Markdown that a translation keeps: bold, code, small print, links and lines. */
const MARKDOWN = /\*\*|`|^-# |\]\(<?|>\)|\n/gm;
const allIn = (text: string, what: RegExp): string[] => (text.match(what) ?? []).toSorted();

const lengths = (texts: readonly string[]) => texts.map(({ length }) => length);
const LONGEST_MODEL = Math.max(...lengths(MODEL_IDS.map((id) => MODELS[id].label)));

/** What Discord takes, in characters, by what a text is used for. The first row that fits counts. */
const LIMITS: readonly (readonly [use: string, keys: RegExp, max: number])[] = [
  ['the name of a command or option', /^command\..*\bname$/, 32],
  ['its description', /^command\..*\bdescription$/, 100],
  ['the end of a choice’s name, after "Seedance 2.0: "', /^model\./, 98 - LONGEST_MODEL],
  ['the start of an option’s label, before " · 1080p"', /^shape\./, 100 - ' · 1080p'.length],
  ['the name of a choice', /^(seconds$|command\.admin\.choice\.)/, 100],
  ['a button', /^button\./, 80],
  ['the title of a form', /^form\.(make|remix|edit|animate|reuse)$/, 45],
  ['a label in a form', /^form\.(prompt|model|length|shape|references)$/, 45],
  ['the hint in a field, or what stands under a label', /^form\./, 100],
  ['the label of a menu’s option', /^settings\.(usual|pingOn|pingOff|asInDiscord)$/, 100],
  ['the description of a picture', /^reference$/, 1024],
  ['a message without components', /^ping\./, 2000],
  ['half of all the text that a message with components holds', /./, 2000],
];

/** No subcommand of `/video-admin` has all of these: it is registered, and checked, by itself. */
const SHARED_OPTIONS = 'command.admin.option';

/** What stands for a placeholder, at its longest. */
const FILLED_IN: Record<string, string> = {
  count: '1.000.000',
  model: 'x'.repeat(LONGEST_MODEL),
  lengths: '10, 15',
  first: '10',
  last: '60',
  member: `<@${'1'.repeat(20)}>`,
};

function filledIn(text: string): string {
  return text.replace(PLACEHOLDER, (all) => {
    const [name = ''] = all.slice(2).split(/[,}]/, 1);
    return FILLED_IN[name] ?? 'x'.repeat(60);
  });
}

describe.each(LOCALES)('in %s', (locale) => {
  const texts = textsOf(LANGUAGES[locale]);

  it('every key is there, in the plural forms of this language, and no other', () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    const expected = [...ORIGINAL.keys()].flatMap((key) =>
      HAVE_PLURALS.has(key) ? pluralCategories.map((category) => `${key}_${category}`) : [key],
    );
    expect(texts.map(([key]) => key).toSorted()).toEqual(expected.toSorted());
  });

  it('no text is empty, or has blanks around it', () => {
    expect(texts.filter(([, text]) => text === '' || text !== text.trim())).toEqual([]);
  });

  it.each([
    ['placeholder, in name and format,', PLACEHOLDER],
    ['sign of Markdown', MARKDOWN],
  ])('every %s is as in the original', (_, what) => {
    const others = texts.filter(([key, text]) => {
      const original = ORIGINAL.get(withoutPlural(key)) ?? '';
      return !isDeepStrictEqual(allIn(text, what), allIn(original, what));
    });
    expect(others).toEqual([]);
  });

  it('no text is longer than Discord takes', () => {
    const tooLong = texts.flatMap(([key, text]) => {
      const [use, , max = 0] = LIMITS.find(([, keys]) => keys.test(key)) ?? [];
      const { length } = filledIn(text);
      return length > max ? [`${key}: ${length} of ${max} characters: ${use}`] : [];
    });
    expect(tooLong).toEqual([]);
  });

  it('commands and options have names that Discord takes, all of them different', () => {
    // Discord: the names of commands and options, in every language.
    const allowed = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
    const names = texts.filter(
      ([key]) => /^command\..*\bname$/.test(key) && !/^command\.(animate|report)\.name$/.test(key),
    );
    for (const [, name] of names) {
      expect(name).toMatch(allowed);
      expect(name).toBe(name.toLowerCase().normalize('NFC'));
    }
    // Those that stand side by side: commands, the options of one, its subcommands.
    const groups = Map.groupBy(names, ([key]) => key.split('.').slice(0, -2).join('.'));
    for (const [group, named] of groups) {
      if (group === SHARED_OPTIONS) continue;
      expect(new Set(named.map(([, name]) => name)).size, group).toBe(named.length);
    }
  });

  it('what is said in bold is a button that bears that very name', () => {
    const { button } = LANGUAGES[locale];
    const bold = texts
      .filter(([key]) => key !== 'help.animate')
      .flatMap(([, text]) => [...text.matchAll(/\*\*(.+?)\*\*/g)].map(([, name]) => name));
    expect(bold.length).toBeGreaterThan(5);
    expect(Object.values(button)).toEqual(expect.arrayContaining(bold));
  });
});

describe.each([
  ['es-ES', 'en'],
  ['pt-BR', 'en'],
  ['ja', 'en'],
  ['zh-CN', 'en'],
  ['zh-TW', 'en'],
  ['zh-TW', 'zh-CN'],
  ['pt-BR', 'es-ES'],
] as const)('%s', (locale, other) => {
  it(`is no copy of ${other}`, () => {
    const others = new Map(textsOf(LANGUAGES[other]));
    const long = textsOf(LANGUAGES[locale]).filter(
      ([, text]) => text.replace(PLACEHOLDER, '').length > 12,
    );
    const same = long.filter(([key, text]) => others.get(key) === text);
    expect(long.length).toBeGreaterThan(50);
    expect(same.length / long.length).toBeLessThan(0.02);
  });
});

it('zh-TW is in the characters and words of Taiwan', () => {
  const all = textsOf(zhTW).map(([, text]) => text);
  expect(all.join('\n')).not.toMatch(
    /[们这为视频时过请设让还]|(?<!檢)視頻|默認|鏈接|音頻|數據|分辨率|用戶/,
  );
});

describe('each key of the original', () => {
  const root = join(import.meta.dirname, '..');
  const files = globSync('{src,commands}/**/*.ts', { cwd: root });
  const code = files
    .filter((file) => !file.includes('locales'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const offer = offerOf({
    allowedModels: MODEL_IDS,
    maxDurationSecs: 15,
    maxResolution: '1080p',
  });
  const { options } = surface.commands.video.declare(offer, {
    guildsOnly: false,
    userInstall: false,
    takesReports: true,
  });
  const subcommands = surface.commands['video-admin']
    .declare()
    .options.filter((option) => option.type === ApplicationCommandOptionType.Subcommand);
  const titles = ['make', 'remix', 'edit', 'animate', 'reuse'] satisfies FormTitle[];

  /** Keys that are put together in the code, by the text that puts them together. */
  const BUILT: Record<string, readonly string[]> = {
    't(`command.video.${name}.name`)': options.map(({ name }) => `command.video.${name}.name`),
    't(`command.video.${name}.description`)': options.map(
      ({ name }) => `command.video.${name}.description`,
    ),
    't(`command.admin.${name}.name`)': subcommands.map(({ name }) => `command.admin.${name}.name`),
    't(`command.admin.${name}.description`)': subcommands.map(
      ({ name }) => `command.admin.${name}.description`,
    ),
    't(`command.admin.option.${name}.name`)': subcommands.flatMap(({ options = [] }) =>
      options.map(({ name }) => `command.admin.option.${name}.name`),
    ),
    't(`command.admin.option.${name}.description`)': subcommands.flatMap(({ options = [] }) =>
      options.map(({ name }) => `command.admin.option.${name}.description`),
    ),
    't(`model.${': MODEL_IDS.map((id) => `model.${MODELS[id].purpose}`),
    't(`shape.${': ['wide', 'tall', 'square'].map((shape) => `shape.${shape}`),
    't(`videos.state.${': jobSchema.shape.state.options.map((state) => `videos.state.${state}`),
    't(`form.${title}`)': titles.map((title) => `form.${title}`),
  };
  const built = Object.values(BUILT).flat();

  it('is used', () => {
    // A word alone may stand for anything: it must stand where words are asked for.
    const isNamed = (key: string) =>
      key.includes('.') ? code.includes(`'${key}'`) : new RegExp(`\\bt\\(\\s*'${key}'`).test(code);
    const unused = [...ORIGINAL.keys()].filter((key) => !built.includes(key) && !isNamed(key));
    expect(unused).toEqual([]);
  });

  it.each(Object.keys(BUILT))('may be put together by %s', (template) => {
    expect(code).toContain(template);
    expect(BUILT[template]?.filter((key) => !ORIGINAL.has(key))).toEqual([]);
  });
});
