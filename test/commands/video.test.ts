import { ApplicationCommandOptionType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { surface } from '../../commands/index.ts';
import { MODEL_IDS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';
import { Words } from '../../src/words.ts';

/** Spanish is one to us, and two to Discord. */
const TRANSLATIONS = ['es-419', 'es-ES', 'ja', 'pt-BR', 'zh-CN', 'zh-TW'];

function declared(
  limits: Partial<Parameters<typeof offerOf>[0]> = {},
  where = { guildsOnly: false, userInstall: false, takesReports: true },
) {
  const everything = {
    allowedModels: MODEL_IDS,
    maxDurationSecs: 15,
    maxResolution: '1080p',
  } as const;
  return surface.commands.video.declare(offerOf({ ...everything, ...limits }), where);
}

function choices(name: string, limits?: Parameters<typeof declared>[0]): unknown[] {
  const option = declared(limits).options?.find((candidate) => candidate.name === name);
  return option && 'choices' in option ? (option.choices ?? []).map(({ value }) => value) : [];
}

describe('/video as it is declared', () => {
  it('says first of all where what one writes goes', () => {
    expect(declared().description).toBe(
      'Make a video. Your prompt and files are sent to Seedance (seedance2.ink).',
    );
  });

  it('has its options in their order, none of them required', () => {
    const options = declared().options ?? [];
    expect(options.map(({ name }) => name)).toEqual([
      'prompt',
      'reference1',
      'reference2',
      'reference3',
      'reference4',
      'reference5',
      'model',
      'duration',
      'aspect_ratio',
      'resolution',
      'private',
    ]);
    expect(options.filter((option) => option.required)).toEqual([]);
  });

  it('takes pictures, clips and sounds as references, and warns of real people', () => {
    const [, first] = declared().options ?? [];
    expect(first).toMatchObject({
      type: ApplicationCommandOptionType.Attachment,
      description: 'A picture, clip or sound to build on. Photos of real people are often refused.',
      file_types: ['image', 'video', 'audio'],
    });
  });

  it('offers everything, each model with a phrase on what it is for', () => {
    expect(choices('model')).toEqual(['seedance-2.0', 'seedance-2.0-fast', 'seedance-1.5-pro']);
    expect(choices('aspect_ratio')).toEqual(['16:9', '9:16', '1:1']);
    expect(choices('resolution')).toEqual(['480p', '720p', '1080p']);
  });

  it('offers nothing that its owner does not allow', () => {
    expect(choices('model', { allowedModels: ['seedance-1.5-pro'] })).toEqual(['seedance-1.5-pro']);
    expect(choices('model', { maxDurationSecs: 4 })).toEqual(['seedance-2.0', 'seedance-2.0-fast']);
    expect(choices('resolution', { maxResolution: '720p' })).toEqual(['480p', '720p']);
  });

  it('says of itself, of each option and of each choice in every language what it says in English', () => {
    const { options = [], ...command } = declared();
    const said = options.flatMap((option) => {
      const all = 'choices' in option ? (option.choices ?? []) : [];
      return [option, ...all.filter(({ name, value }) => name !== value)];
    });
    for (const one of [command, ...said]) {
      expect(Object.keys(one.name_localizations ?? {}).sort()).toEqual(TRANSLATIONS);
      if (!('description' in one)) continue;
      expect(Object.keys(one.description_localizations ?? {}).sort()).toEqual(TRANSLATIONS);
    }
  });

  it('says in each language what its file of words says', () => {
    const [prompt] = declared().options ?? [];
    expect(prompt?.description_localizations).toMatchObject({
      'pt-BR': Words.in('pt-BR').t('command.video.prompt.description'),
      'es-419': Words.in('es-ES').t('command.video.prompt.description'),
    });
  });
});
