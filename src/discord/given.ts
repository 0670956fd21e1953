import {
  type Attachment,
  ComponentType,
  type Interaction,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { GivenFile, GivenVideo } from '../members/form-drafts.ts';

/** The parts of the form, by their `custom_id`. */
export const FIELD = {
  prompt: 'prompt',
  model: 'model',
  duration: 'duration',
  shape: 'shape',
  references: 'references',
} as const;

/** A file that a member attached, as Discord describes it. */
export function givenFile(file: Attachment): GivenFile {
  return {
    name: file.name,
    url: file.url,
    contentType: file.contentType,
    sizeBytes: file.size,
    width: file.width,
    height: file.height,
  };
}

/** What a member wrote into a sent form. Anything may be missing or of another type. */
export function readForm(interaction: ModalSubmitInteraction): Omit<GivenVideo, 'isPrivate'> {
  const [aspectRatio, resolution] = chosen(interaction, FIELD.shape)?.split(' ') ?? [];
  const duration = Number(chosen(interaction, FIELD.duration) ?? Number.NaN);
  return {
    prompt: written(interaction) ?? '',
    files: uploaded(interaction).map(givenFile),
    model: chosen(interaction, FIELD.model),
    durationSecs: Number.isFinite(duration) ? duration : undefined,
    aspectRatio,
    resolution,
  };
}

/** The prompt that an interaction brings along, if it has one. */
export function promptIn(interaction: Interaction): string | undefined {
  if (interaction.isChatInputCommand()) {
    const given = interaction.options.get('prompt')?.value;
    return typeof given === 'string' ? given : undefined;
  }
  return interaction.isModalSubmit() ? written(interaction) : undefined;
}

function written({ fields }: ModalSubmitInteraction): string | undefined {
  const field = fields.fields.get(FIELD.prompt);
  return field?.type === ComponentType.TextInput ? field.value : undefined;
}

function uploaded({ fields }: ModalSubmitInteraction): Attachment[] {
  const field = fields.fields.get(FIELD.references);
  if (field?.type !== ComponentType.FileUpload) return [];
  // discord.js leaves them out where nothing was uploaded, whatever its types say.
  const attachments: typeof field.attachments | undefined = field.attachments;
  return [...(attachments?.values() ?? [])];
}

function chosen({ fields }: ModalSubmitInteraction, name: string): string | undefined {
  const field = fields.fields.get(name);
  return field?.type === ComponentType.StringSelect ? field.values[0] : undefined;
}
