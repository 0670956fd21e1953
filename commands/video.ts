import {
  type APIApplicationCommandAttachmentOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { progressCard } from '../src/discord/card.ts';
import type { Command, Services } from '../src/discord/command.ts';
import { type GivenValues, readOptions } from '../src/discord/options.ts';
import { credits, relativeTime } from '../src/discord/text.ts';
import { checkVideo, type GivenVideo } from '../src/discord/video-request.ts';
import { UserError } from '../src/errors.ts';
import type { Job, VideoRequest } from '../src/jobs/job.ts';
import type { LimitReached } from '../src/jobs/ledger.ts';
import { ASPECT_RATIOS, MODEL_IDS, MODELS, type Offer, RESOLUTIONS } from '../src/models.ts';

/** Discord: the life of an interaction's token. */
const TOKEN_LIFE_MS = 15 * 60_000;

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

const REQUIRED_HERE = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Attach Files', PermissionFlagsBits.AttachFiles],
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
] as const;

/** Whatever stands in the way in this place, or for now, whatever is asked for. */
function refuseHere(
  interaction: ChatInputCommandInteraction,
  { allowedGuilds, gate, jobs }: Services,
): void {
  const { guildId, appPermissions } = interaction;
  if (allowedGuilds && !(guildId && allowedGuilds.includes(guildId))) {
    throw new UserError('I don’t make videos here: my owner has not opened me for this place.');
  }
  const missing = REQUIRED_HERE.filter(([, bit]) => !appPermissions.has(bit)).map(([name]) => name);
  if (missing.length > 0) {
    const names = new Intl.ListFormat('en').format(missing.map((name) => `**${name}**`));
    throw new UserError(
      `I can’t show a video in this channel: I lack the permission ${names}. Ask a moderator to allow it, or use another channel.`,
    );
  }
  if (gate.isShut) {
    throw new UserError('The bot can’t make videos right now. Its owner has been told.');
  }
  if (!jobs.healthy) {
    throw new UserError(
      'I can’t take new videos for a moment. Nothing was submitted. Try again soon.',
    );
  }
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

/** Acknowledges with the card, and only then makes the job. */
async function ask(
  interaction: ChatInputCommandInteraction,
  request: VideoRequest,
  { engine, jobs, ledger, now }: Services,
): Promise<void> {
  const { id, user } = interaction;
  const reached = ledger.admit(id, user.id, request);
  if (reached) throw limitError(reached, ledger);
  const ahead = engine.expect(id, user.id);
  const draft = draftJob(interaction, request, ahead, now());
  try {
    const { resource } = await interaction.reply({
      flags: MessageFlags.IsComponentsV2,
      components: [progressCard(draft, ahead)],
      allowedMentions: { parse: [] },
      withResponse: true,
    });
    const messageId = resource?.message?.id;
    if (!messageId) throw new Error('Discord acknowledged without a message');
    const job: Job = { ...draft, card: { ...draft.card, messageId } };
    await jobs.keep(job);
    engine.add(job);
  } catch (error) {
    ledger.drop(id);
    engine.forget(id);
    throw error;
  }
}

function draftJob(
  interaction: ChatInputCommandInteraction,
  request: VideoRequest,
  ahead: number | undefined,
  now: number,
): Job {
  return {
    id: interaction.id,
    state: 'waiting',
    memberId: interaction.user.id,
    createdAt: now,
    request,
    attempts: 0,
    card: {
      applicationId: interaction.applicationId,
      token: interaction.token,
      tokenExpiresAt: now + TOKEN_LIFE_MS,
      guildId: interaction.guildId,
      channelId: interaction.channelId,
      messageId: interaction.id,
      uploadLimitBytes: interaction.attachmentSizeLimit,
      shows: ahead === undefined ? 'rendering' : 'line',
    },
  };
}

function limitError(reached: LimitReached, ledger: Services['ledger']): UserError {
  const opens = relativeTime(ledger.opensAt());
  const { maxActivePerMember, dailyVideosPerMember } = ledger.limits;
  switch (reached) {
    case 'active':
      return new UserError(
        `You have ${maxActivePerMember === 1 ? 'a video' : `${maxActivePerMember} videos`} under way. Wait until one is done, or cancel one.`,
      );
    case 'member-day':
      return new UserError(
        `You have had your ${dailyVideosPerMember} videos for today. You can ask again ${opens}.`,
      );
    case 'credits':
      return new UserError(
        `Today’s ${credits(ledger.limits.dailyCredits)} for this bot are used up. New videos can be made ${opens}.`,
      );
  }
}
