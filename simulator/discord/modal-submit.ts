import {
  type APIAttachment,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
} from 'discord-api-types/v10';
import { modalFields } from './modal-rules.ts';
import { type SimFile, uploadForOption } from './upload-option.ts';
import type { World } from './world.ts';

/** What a member puts in a field of a modal: text, choices or files. */
export type ModalValue = string | string[] | SimFile[];

/**
 * Gives the data of a modal's submission. A field left out keeps what was filled in. Throws for a
 * value whose custom_id the modal does not have.
 */
export function fillModal(
  world: World,
  modal: APIModalInteractionResponseCallbackData,
  values: Record<string, ModalValue>,
) {
  const known = modalFields(modal).map((field) => field.custom_id);
  const stranger = Object.keys(values).find((id) => !known.includes(id));
  if (stranger !== undefined) throw new Error(`the modal has no field ${stranger}`);
  const attachments: Record<string, APIAttachment> = {};
  const fill = (field: ModalField) => fillField(world, field, values[field.custom_id], attachments);
  const components = modal.components.map((part, index) => {
    const id = index + 1;
    if (part.type === ComponentType.Label) {
      return { type: part.type, id, component: fill(part.component) };
    }
    if (part.type === ComponentType.ActionRow) {
      return { type: part.type, id, components: part.components.map(fill) };
    }
    return { type: part.type, id };
  });
  return { custom_id: modal.custom_id, components, resolved: { attachments } };
}

type ModalField = ReturnType<typeof modalFields>[number];

function fillField(
  world: World,
  field: ModalField,
  value: ModalValue | undefined,
  attachments: Record<string, APIAttachment>,
) {
  const base = { type: field.type, custom_id: field.custom_id, id: 1 };
  if (typeof value === 'string') return { ...base, value };
  if (value === undefined) return { ...base, ...prefilled(field) };
  const values = value.map((one) => {
    if (typeof one === 'string') return one;
    const attachment = uploadForOption(world, one);
    attachments[attachment.id] = attachment;
    return attachment.id;
  });
  return { ...base, values };
}

function prefilled(field: ModalField): { value: string | boolean } | { values: string[] } {
  switch (field.type) {
    case ComponentType.TextInput:
      return { value: field.value ?? '' };
    case ComponentType.Checkbox:
      return { value: field.default ?? false };
    case ComponentType.StringSelect:
    case ComponentType.CheckboxGroup: {
      const chosen = field.options.filter((option) => option.default === true);
      return { values: chosen.map((option) => option.value) };
    }
    case ComponentType.RadioGroup: {
      const chosen = field.options.find((option) => option.default === true);
      return { value: chosen?.value ?? '' };
    }
    default:
      return { values: [] };
  }
}
