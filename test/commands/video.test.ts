import { ApplicationCommandOptionType, InteractionContextType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { surface } from '../../commands/index.ts';
import { MODEL_IDS, offerOf } from '../../src/models.ts';

function declared(
  limits: Partial<Parameters<typeof offerOf>[0]> = {},
  where = { guildsOnly: false },
) {
  const offer = offerOf({
    allowedModels: MODEL_IDS,
    maxDurationSecs: 15,
    maxResolution: '1080p',
    ...limits,
  });
  if (!offer) throw new Error('nothing offered');
  return surface.commands.video.declare(offer, where);
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

  it('has its options in their order, the prompt alone required', () => {
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
    ]);
    expect(
      options.filter((option) => 'required' in option && option.required).map(({ name }) => name),
    ).toEqual(['prompt']);
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

  it('is offered in direct messages unless only some servers are allowed', () => {
    expect(declared().contexts).toEqual([
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
    ]);
    expect(declared({}, { guildsOnly: true }).contexts).toEqual([InteractionContextType.Guild]);
  });

  it('keeps to Discord’s limits', () => {
    for (const option of declared().options ?? []) {
      expect(option.description.length).toBeLessThanOrEqual(100);
      if (!('choices' in option)) continue;
      for (const { name } of option.choices ?? []) expect(name.length).toBeLessThanOrEqual(100);
    }
    expect(JSON.stringify(declared()).length).toBeLessThanOrEqual(8000);
  });
});
