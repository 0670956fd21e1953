import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type AutocompleteInteraction,
} from 'discord.js';
import { askFor } from '../src/discord/ask-for.ts';
import { shapeName } from '../src/discord/choices.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { described, named, places } from '../src/discord/declare.ts';
import { defaultsFor } from '../src/discord/defaults.ts';
import { givenFile } from '../src/discord/given.ts';
import { type Filling, filesOf, openForm } from '../src/discord/open-form.ts';
import { type GivenValues, readOptions } from '../src/discord/options.ts';
import { MODELS } from '../src/models.ts';
import type { Offer } from '../src/offer.ts';
import { PROMPT_MAX } from '../src/prompt.ts';

const { Attachment, Boolean: YesNo, Integer, String: Text } = ApplicationCommandOptionType;

/** Discord: no more suggestions than these. */
const SUGGESTED_MAX = 25;

const declaration = {
  options: [
    { name: 'prompt', type: Text },
    { name: 'reference1', type: Attachment },
    { name: 'reference2', type: Attachment },
    { name: 'reference3', type: Attachment },
    { name: 'reference4', type: Attachment },
    { name: 'reference5', type: Attachment },
    { name: 'model', type: Text },
    { name: 'duration', type: Integer },
    { name: 'aspect_ratio', type: Text },
    { name: 'resolution', type: Text },
    { name: 'private', type: YesNo },
  ],
} as const;

type OptionName = (typeof declaration.options)[number]['name'];

/** An option as Discord registers it. */
function option(name: OptionName, offer: Offer): APIApplicationCommandBasicOption {
  const words = {
    ...named(({ t }) => t(`command.video.${name}.name`)),
    ...described(({ t }) => t(`command.video.${name}.description`)),
  };
  switch (name) {
    case 'prompt':
      return { ...words, type: Text, max_length: PROMPT_MAX };
    case 'model': {
      const choices = offer.models.map((id) => ({
        ...named(({ t }) => `${MODELS[id].label}: ${t(`model.${MODELS[id].purpose}`)}`),
        value: id,
      }));
      return { ...words, type: Text, choices };
    }
    case 'duration':
      return { ...words, type: Integer, autocomplete: true };
    case 'aspect_ratio': {
      const choices = offer.aspectRatios().map((ratio) => ({
        ...named(({ t }) => shapeName(ratio, t)),
        value: ratio,
      }));
      return { ...words, type: Text, choices };
    }
    case 'resolution':
      return {
        ...words,
        type: Text,
        choices: offer.resolutions().map((value) => ({ name: value, value })),
      };
    case 'private':
      return { ...words, type: YesNo };
    default:
      return { ...words, type: Attachment, file_types: ['image', 'video', 'audio'] };
  }
}

export const video = {
  declare(offer, where) {
    return {
      type: ApplicationCommandType.ChatInput,
      ...named(({ t }) => t('command.video.name')),
      ...described(({ t }) => t('command.video.description')),
      ...places(where),
      options: declaration.options.map(({ name }) => option(name, offer)),
    };
  },

  async run(interaction, context) {
    const options = readOptions(interaction, declaration);
    const filling = fillingFrom(options);
    if (options.prompt === undefined) await openForm(interaction, 'make', filling, context);
    else await askFor(interaction, filling, context);
  },

  async autocomplete(interaction, context) {
    await interaction.respond(durationsFor(interaction, context));
  },
} satisfies Command;

function durationsFor(interaction: AutocompleteInteraction, { offer, own, words }: Context) {
  const given = interaction.options.getString('model');
  const model = offer.models.find((id) => id === given) ?? defaultsFor(offer, own).model;
  const typed = String(interaction.options.getFocused()).trim();
  return offer
    .durationsSecs(model)
    .filter((seconds) => String(seconds).startsWith(typed))
    .slice(0, SUGGESTED_MAX)
    .map((seconds) => ({ name: words.t('seconds', { count: seconds }), value: seconds }));
}

function fillingFrom(options: GivenValues<typeof declaration>): Filling {
  const { reference1, reference2, reference3, reference4, reference5 } = options;
  const files = [reference1, reference2, reference3, reference4, reference5]
    .filter((file) => file !== undefined)
    .map(givenFile);
  return {
    given: {
      prompt: options.prompt ?? '',
      files,
      model: options.model,
      durationSecs: options.duration,
      aspectRatio: options.aspect_ratio,
      resolution: options.resolution,
      isPrivate: options.private ?? false,
    },
    files: filesOf(files),
  };
}
