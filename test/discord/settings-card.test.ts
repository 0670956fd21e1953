import { ButtonStyle, ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { everyComponent } from '../../simulator/discord/component-walk.ts';
import { settingsCard } from '../../src/discord/settings-card.ts';
import { LANGUAGE_NAMES, LOCALES } from '../../src/locale.ts';
import type { Preferences } from '../../src/members/preferences.ts';
import { MODEL_IDS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';
import { Words } from '../../src/words.ts';
import { buttons, menus, textOf } from './components.ts';

const EVERYTHING = {
  allowedModels: MODEL_IDS,
  maxDurationSecs: 15,
  maxResolution: '1080p',
} as const;

const ALL_SET: Preferences = {
  model: 'seedance-1.5-pro',
  durationSecs: 10,
  aspectRatio: '9:16',
  resolution: '1080p',
  locale: 'ja',
  wantsPing: false,
};

function card(own: Partial<Preferences>, limits: Partial<Parameters<typeof offerOf>[0]> = {}) {
  const offer = offerOf({ ...EVERYTHING, ...limits });
  return settingsCard({ wantsPing: true, ...own }, offer, Words.in('en'));
}

/** What each menu shows as chosen, by its `custom_id`. */
function chosen(shown: ReturnType<typeof card>) {
  return Object.fromEntries(
    menus(shown).map(({ custom_id, options }) => [
      custom_id,
      options.filter((option) => option.default).map(({ value }) => value),
    ]),
  );
}

function valuesOf(shown: ReturnType<typeof card>, customId: string) {
  return menus(shown)
    .find((menu) => menu.custom_id === customId)
    ?.options.map(({ value }) => value);
}

describe('a member’s settings', () => {
  it('are five menus, each under its name, and Delete my data', () => {
    const shown = card({});
    expect(menus(shown).map(({ custom_id }) => custom_id)).toEqual([
      'settings:model',
      'settings:length',
      'settings:shape',
      'settings:ping',
      'settings:language',
    ]);
    expect(textOf(shown).split('\n').slice(2)).toEqual([
      'Model',
      'Length',
      'Shape and quality',
      'Pings',
      'Language',
    ]);
    expect(buttons(shown)).toEqual([['Delete my data', 'forget']]);
    const all = [...everyComponent([shown])];
    expect(all.find(({ type }) => type === ComponentType.Button)).toMatchObject({
      style: ButtonStyle.Danger,
    });
  });

  it('who has set nothing show just that', () => {
    expect(chosen(card({}))).toEqual({
      'settings:model': ['-'],
      'settings:length': ['-'],
      'settings:shape': ['-'],
      'settings:ping': ['on'],
      'settings:language': ['-'],
    });
  });

  it('who has set everything show all of it', () => {
    expect(chosen(card(ALL_SET))).toEqual({
      'settings:model': ['seedance-1.5-pro'],
      'settings:length': ['10'],
      'settings:shape': ['9:16 1080p'],
      'settings:ping': ['off'],
      'settings:language': ['ja'],
    });
  });

  it('offer what the bot offers', () => {
    const narrow = card({}, { allowedModels: ['seedance-1.5-pro'], maxResolution: '480p' });
    expect(valuesOf(narrow, 'settings:model')).toEqual(['-', 'seedance-1.5-pro']);
    expect(valuesOf(narrow, 'settings:length')).toEqual(['-', '5', '10']);
    expect(valuesOf(narrow, 'settings:shape')).toEqual(['-', '16:9 480p', '9:16 480p', '1:1 480p']);
    expect(valuesOf(narrow, 'settings:language')).toEqual(['-', ...LOCALES]);
  });

  it('call each language by its own name', () => {
    const languages = menus(card({}))
      .at(-1)
      ?.options.map(({ label }) => label);
    expect(languages).toEqual(['As in Discord', ...Object.values(LANGUAGE_NAMES)]);
  });

  it('that are no longer on offer show as none', () => {
    const narrow = card(ALL_SET, {
      allowedModels: ['seedance-2.0'],
      maxDurationSecs: 6,
      maxResolution: '480p',
    });
    expect(chosen(narrow)).toEqual({
      'settings:model': ['-'],
      'settings:length': ['-'],
      'settings:shape': ['-'],
      'settings:ping': ['off'],
      'settings:language': ['ja'],
    });
  });

  it.each(['aspectRatio', 'resolution'] as const)(
    'of which %s alone is known show no shape and quality',
    (one) => {
      expect(chosen(card({ [one]: ALL_SET[one] }))['settings:shape']).toEqual(['-']);
    },
  );

  it.each(LOCALES)('are in %s', (locale) => {
    const { t } = Words.in(locale);
    const shown = settingsCard({ wantsPing: true }, offerOf(EVERYTHING), Words.in(locale));
    expect(textOf(shown)).toContain(t('settings.intro'));
    expect(buttons(shown)).toEqual([[t('button.deleteData'), 'forget']]);
    for (const { options } of menus(shown)) {
      expect(options.filter((option) => option.default)).toHaveLength(1);
    }
  });
});
