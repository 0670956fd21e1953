import {
  type APIApplicationCommandAttachmentOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { ask } from '../src/discord/ask.ts';
import type { Command } from '../src/discord/command.ts';
import { type GivenValues, readOptions } from '../src/discord/options.ts';
import { refuseHere } from '../src/discord/place.ts';
import { checkVideo, type GivenVideo } from '../src/discord/video-request.ts';
import { ASPECT_RATIOS, MODEL_IDS, MODELS, type Offer, RESOLUTIONS } from '../src/models.ts';

const reference = <Name extends string>(
  name: Name,
  description: string,
): APIApplicationCommandAttachmentOption & { name: Name } => ({
  type: ApplicationCommandOptionType.Attachment,
  name,
  description,
  file_types: ['image', 'video', 'audio'],
});

const declaration = {
  name: 'video',
  description: 'Make a video. Your prompt and files are sent to Seedance (seedance2.ink).',
  integration_types: [ApplicationIntegrationType.GuildInstall],
  options: [
    {
      type: ApplicationCommandOptionType.String,
      name: 'prompt',
      description: 'What should happen in the video',
      required: true,
      max_length: 2000,
    },
    reference(
      'reference1',
      'A picture, clip or sound to build on. Photos of real people are often refused.',
    ),
    reference(
      'reference2',
      'A second picture, clip or sound. Two pictures: the first and the last.',
    ),
    reference('reference3', 'A third picture, clip or sound'),
    reference('reference4', 'A fourth picture, clip or sound'),
    reference('reference5', 'A fifth picture, clip or sound'),
    {
      type: ApplicationCommandOptionType.String,
      name: 'model',
      description: 'Which model makes it',
      choices: MODEL_IDS.map((id) => ({
        name: `${MODELS[id].label}: ${MODELS[id].purpose}`,
        value: id,
      })),
    },
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'duration',
      description: 'How many seconds long',
      autocomplete: true,
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'aspect_ratio',
      description: 'Its shape. If left out: as the first picture, else 16:9',
      choices: ASPECT_RATIOS.map((ratio) => ({ name: ratio, value: ratio })),
    },
    {
      type: ApplicationCommandOptionType.String,
      name: 'resolution',
      description: 'How sharp. More costs more and takes longer',
      choices: RESOLUTIONS.map((resolution) => ({ name: resolution, value: resolution })),
    },
  ],
} as const satisfies RESTPostAPIChatInputApplicationCommandsJSONBody;

export const video = {
  declare(offer, { guildsOnly }) {
    return {
      ...declaration,
      contexts: guildsOnly
        ? [InteractionContextType.Guild]
        : [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: declaration.options.map((option) => {
        if (option.name === 'model') {
          return {
            ...option,
            choices: option.choices.filter(({ value }) => offer.models.includes(value)),
          };
        }
        if (option.name === 'resolution') {
          return {
            ...option,
            choices: option.choices.filter(({ value }) => offer.resolutions.includes(value)),
          };
        }
        return option;
      }),
    };
  },

  async run(interaction, services) {
    refuseHere(interaction, services);
    const given = givenVideo(readOptions(interaction, declaration));
    const request = checkVideo(given, services.offer, services.now());
    await ask(interaction, request, services);
  },

  async autocomplete(interaction, { offer }) {
    await interaction.respond(durationsFor(interaction, offer));
  },
} satisfies Command;

function durationsFor(interaction: AutocompleteInteraction, offer: Offer) {
  const given = interaction.options.getString('model');
  const model = offer.models.find((id) => id === given) ?? offer.defaults.model;
  const typed = String(interaction.options.getFocused()).trim();
  return offer
    .durationsSecs(model)
    .filter((seconds) => String(seconds).startsWith(typed))
    .map((seconds) => ({ name: `${seconds} s`, value: seconds }));
}

function givenVideo(options: GivenValues<typeof declaration>): GivenVideo {
  const files = [
    { option: 'reference1', file: options.reference1 },
    { option: 'reference2', file: options.reference2 },
    { option: 'reference3', file: options.reference3 },
    { option: 'reference4', file: options.reference4 },
    { option: 'reference5', file: options.reference5 },
  ];
  return {
    prompt: options.prompt ?? '',
    files: files.flatMap(({ option, file }) =>
      file
        ? {
            option,
            name: file.name,
            url: file.url,
            contentType: file.contentType,
            sizeBytes: file.size,
            width: file.width,
            height: file.height,
          }
        : [],
    ),
    model: options.model,
    durationSecs: options.duration,
    aspectRatio: options.aspect_ratio,
    resolution: options.resolution,
  };
}
