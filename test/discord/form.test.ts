import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { modalFields } from '../../simulator/discord/modal-rules.ts';
import { defaultsFor } from '../../src/discord/defaults.ts';
import { type FormTitle, form } from '../../src/discord/form.ts';
import { LOCALES } from '../../src/locale.ts';
import type { FormDraft, GivenFile, GivenVideo } from '../../src/members/form-drafts.ts';
import type { Preferences } from '../../src/members/preferences.ts';
import { MODEL_IDS, MODELS, range } from '../../src/models.ts';
import { type ModelTable, offerOf } from '../../src/offer.ts';
import { Words } from '../../src/words.ts';

const EVERYTHING = {
  allowedModels: MODEL_IDS,
  maxDurationSecs: 15,
  maxResolution: '1080p',
} as const;

interface Changes {
  given?: Partial<GivenVideo>;
  draft?: Partial<FormDraft>;
  title?: FormTitle;
  own?: Partial<Preferences>;
  limits?: Partial<Parameters<typeof offerOf>[0]>;
  table?: ModelTable;
  words?: Words;
}

function open({ given, draft, title = 'make', own, words = Words.in('en'), ...on }: Changes = {}) {
  const offer = offerOf({ ...EVERYTHING, ...on.limits }, on.table);
  const whole: FormDraft = {
    id: '123',
    memberId: '900',
    files: 'none',
    given: { prompt: '', files: [], isPrivate: false, ...given },
    ...draft,
  };
  const defaults = defaultsFor(offer, { wantsPing: true, ...own });
  return form(whole, title, { offer, defaults, words });
}

type Modal = APIModalInteractionResponseCallbackData;

function field(modal: Modal, customId: string) {
  const found = modalFields(modal).find(({ component }) => component.custom_id === customId);
  if (!found) throw new Error(`There is no ${customId} in the form`);
  return found;
}

/** The options of a menu of the form. */
function options(modal: Modal, customId: string) {
  const { component } = field(modal, customId);
  if (component.type !== ComponentType.StringSelect) throw new Error(`${customId} is no menu`);
  return component.options;
}

/** What the form has chosen, menu by menu. */
function filledIn(modal: Modal) {
  return Object.fromEntries(
    ['model', 'duration', 'shape'].map((name) => [
      name,
      options(modal, name).flatMap((option) => (option.default ? [option.value] : [])),
    ]),
  );
}

function prompt(modal: Modal) {
  const { component } = field(modal, 'prompt');
  if (component.type !== ComponentType.TextInput) throw new Error('The prompt is no text');
  return component;
}

function picture(width: number, height: number): GivenFile {
  const url = 'https://cdn.example/a.png';
  return { name: 'a.png', url, contentType: 'image/png', sizeBytes: 1, width, height };
}

describe('the form', () => {
  it('has its five parts, each under its name, and knows its draft', () => {
    const modal = open();
    expect(modal.custom_id).toBe('form:123');
    expect(open({ given: { isPrivate: true } }).custom_id).toBe('form:123:private');
    expect(modal.components).toHaveLength(5);
    expect(modalFields(modal).map(({ label, component }) => [label, component.custom_id])).toEqual([
      ['Prompt', 'prompt'],
      ['Model', 'model'],
      ['Length', 'duration'],
      ['Shape and quality', 'shape'],
      ['References', 'references'],
    ]);
  });

  it.each([
    ['make', 'Make a video'],
    ['remix', 'Remix'],
    ['edit', 'Edit'],
    ['animate', 'Animate'],
    ['reuse', 'Use as reference'],
  ] as const)('that is to %s is headed %s', (title, said) => {
    expect(open({ title }).title).toBe(said);
  });

  it.each(LOCALES)('is in the language of who fills it in: %s', (locale) => {
    const words = Words.in(locale);
    const modal = open({ words, draft: { files: 'expired' } });
    expect(modal.title).toBe(words.t('form.make'));
    expect(field(modal, 'shape').label).toBe(words.t('form.shape'));
    expect(field(modal, 'references').description).toBe(words.t('form.expired'));
    expect(options(modal, 'duration')[0]?.label).toBe(words.t('seconds', { count: 4 }));
  });
});

describe('it is filled in', () => {
  it('with the bot’s defaults, where nothing was given', () => {
    const modal = open();
    expect(prompt(modal).value).toBeUndefined();
    expect(filledIn(modal)).toEqual({
      model: ['seedance-2.0'],
      duration: ['5'],
      shape: ['16:9 720p'],
    });
  });

  it('with the member’s own', () => {
    const own = {
      model: 'seedance-1.5-pro',
      durationSecs: 10,
      aspectRatio: '9:16',
      resolution: '480p',
    } as const;
    expect(filledIn(open({ own }))).toEqual({
      model: ['seedance-1.5-pro'],
      duration: ['10'],
      shape: ['9:16 480p'],
    });
  });

  it('with what was given, before all else', () => {
    const given = {
      prompt: 'A paper boat',
      model: 'seedance-2.0-fast',
      durationSecs: 12,
      aspectRatio: '1:1',
      resolution: '1080p',
      files: [picture(100, 200)],
    };
    const modal = open({ given, own: { durationSecs: 10, aspectRatio: '9:16' } });
    expect(prompt(modal).value).toBe('A paper boat');
    expect(filledIn(modal)).toEqual({
      model: ['seedance-2.0-fast'],
      duration: ['12'],
      shape: ['1:1 1080p'],
    });
  });

  it('with the shape of the first picture, where none was given', () => {
    const files = [picture(900, 1600), picture(100, 100)];
    expect(filledIn(open({ given: { files } })).shape).toEqual(['9:16 720p']);
  });

  it.each<[string, Partial<GivenVideo>]>([
    ['a model', { model: 'sora' }],
    ['a length', { durationSecs: 99 }],
    ['a length in halves', { durationSecs: 4.5 }],
    ['a shape', { aspectRatio: '4:3' }],
    ['a quality', { resolution: '4k' }],
  ])('with the default for %s that nobody offers: no menu is left open', (_what, given) => {
    expect(filledIn(open({ given }))).toEqual({
      model: ['seedance-2.0'],
      duration: ['5'],
      shape: ['16:9 720p'],
    });
  });

  it('with what is left, where only one half of shape and quality is offered', () => {
    const given = { aspectRatio: '9:16', resolution: '1080p' };
    expect(filledIn(open({ given, limits: { maxResolution: '720p' } })).shape).toEqual([
      '9:16 720p',
    ]);
  });
});

describe('its prompt', () => {
  it('may be 2000 characters long', () => {
    expect(prompt(open())).toMatchObject({ max_length: 2000, required: true });
    const long = 'x'.repeat(2000);
    expect(prompt(open({ given: { prompt: long } }))).toMatchObject({
      value: long,
      max_length: 2000,
    });
  });

  it('has room for one that was refused for its length, to be shortened', () => {
    const long = 'x'.repeat(2001);
    expect(prompt(open({ given: { prompt: long } }))).toMatchObject({
      value: long,
      max_length: 4000,
    });
  });

  it.each([
    ['letters', 'x'.repeat(9000)],
    ['emoji', '🛶'.repeat(2001)],
    ['emoji at an odd place', `x${'🛶'.repeat(2001)}`],
  ])('holds as much as Discord takes of endless %s, and no half of a sign', (_what, long) => {
    const { value = '' } = prompt(open({ given: { prompt: long } }));
    expect(long.startsWith(value)).toBe(true);
    expect(value.length).toBeLessThanOrEqual(4000);
    expect(value.length).toBeGreaterThan(3990);
    expect(value.isWellFormed()).toBe(true);
  });
});

describe('its menus', () => {
  it('offer everything, the models each with what it is good for', () => {
    const modal = open();
    expect(options(modal, 'model').map(({ label, description }) => [label, description])).toEqual([
      ['Seedance 2.0', 'best picture, mixes pictures, clips and sound'],
      ['Seedance 2.0 Fast', 'quicker, for trying things out'],
      ['Seedance 1.5 Pro', 'simple motion from one picture'],
    ]);
    expect(options(modal, 'duration').map(({ value }) => Number(value))).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ]);
    expect(options(modal, 'shape')).toHaveLength(9);
    expect(options(modal, 'shape')[0]?.label).toBe('Wide 16:9 · 480p');
  });

  it('offer nothing that the owner does not allow', () => {
    const modal = open({
      limits: { allowedModels: ['seedance-1.5-pro'], maxDurationSecs: 9, maxResolution: '480p' },
    });
    expect(options(modal, 'model').map(({ value }) => value)).toEqual(['seedance-1.5-pro']);
    expect(options(modal, 'duration').map(({ value }) => value)).toEqual(['5']);
    expect(options(modal, 'shape').map(({ value }) => value)).toEqual([
      '16:9 480p',
      '9:16 480p',
      '1:1 480p',
    ]);
  });

  it.each([
    [{}, 'Seedance 1.5 Pro makes 5 or 10 s only.'],
    [{ allowedModels: ['seedance-1.5-pro'] }, ''],
    [{ allowedModels: ['seedance-2.0', 'seedance-2.0-fast'] }, ''],
    [{ maxDurationSecs: 9 }, 'Seedance 1.5 Pro makes 5 s only.'],
  ] as const)('say of lengths, with %j: %s', (limits, said) => {
    expect(field(open({ limits }), 'duration').description).toBe(said);
  });
});

describe('where Seedance makes more, or less', () => {
  const limits = { maxDurationSecs: undefined, maxResolution: undefined };
  const long = { ...MODELS['seedance-2.0'], durationsSecs: range(2, 40) };
  const fast = { ...MODELS['seedance-2.0-fast'], resolutions: ['480p'], aspectRatios: ['4:3'] };
  const table = { 'seedance-2.0': long, 'seedance-2.0-fast': fast };
  const model = 'seedance-2.0-fast';

  it('a length that the menu has no room for is in it, where it is the one that was given', () => {
    const modal = open({ limits, table, given: { durationSecs: 23 } });
    expect(filledIn(modal).duration).toEqual(['23']);
    expect(options(modal, 'duration').map(({ value }) => Number(value))).toEqual([
      ...range(2, 15),
      ...[20, 23, 25, 30, 35, 40],
    ]);
  });

  it('what the model does not make is filled in with what it makes', () => {
    const given = { model, aspectRatio: '1:1', resolution: '1080p' };
    expect(filledIn(open({ limits, table, given })).shape).toEqual(['4:3 480p']);
  });

  it('shapes and qualities are those of all models', () => {
    const values = options(open({ limits, table }), 'shape').map(({ value }) => value);
    expect(values).toHaveLength(12);
    expect(values).toEqual(expect.arrayContaining(['4:3 480p', '1:1 1080p']));
  });

  it('a run of lengths is said by its ends', () => {
    const said = field(open({ limits, table }), 'duration').description;
    expect(said).toBe('Seedance 2.0 Fast makes 4 to 15 s only.');
  });
});

describe('what it says of files', () => {
  const file = picture(1, 1);

  it.each([
    ['none', [], 'Pictures, clips or sounds. Photos of real people are often refused.', 5],
    ['kept', [file], '1 kept. New files replace it.', 5],
    ['kept', [file, file], '2 kept. New files replace them all.', 5],
    ['expired', [], 'The old files have expired. Add them again or leave empty.', 5],
    ['reused', [file], 'This video is reference 1. Add up to 4 more.', 4],
  ] as const)('where they are %s, %#', (files, given, said, max) => {
    const modal = open({ draft: { files }, given: { files: [...given] } });
    const { description, component } = field(modal, 'references');
    expect(description).toBe(said);
    expect(component).toMatchObject({
      type: ComponentType.FileUpload,
      required: false,
      min_values: 0,
      max_values: max,
    });
  });
});
