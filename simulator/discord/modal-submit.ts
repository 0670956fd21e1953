import {
  type APIAttachment,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
} from 'discord-api-types/v10';
import { refuseUnfit } from './modal-fill-rules.ts';
import { type ModalField, modalFields } from './modal-rules.ts';
import { type SimFile, uploadForOption } from './upload-option.ts';
import type { World } from './world.ts';

/** What a member puts in a field of a modal: text, choices or files. */
export type ModalValue = string | string[] | SimFile[];

/** The data of a modal's submission (docs: Modal Submit Data Structure). */
export interface SentModal {
  custom_id: string;
  components: unknown[];
  resolved?: { attachments: Record<string, APIAttachment> };
}

/**
 * Gives the data of a modal's submission. A field left out keeps what was filled in. Unless `raw`,
 * throws for what a real client would not send; `raw` adds fields that the modal does not have.
 */
export function fillModal(
  world: World,
  modal: APIModalInteractionResponseCallbackData,
  values: Record<string, ModalValue>,
  raw: boolean,
): SentModal {
  const fields = new Map(modalFields(modal).map((field) => [field.component.custom_id, field]));
  const filler = new Filler(world);
  const fill = (customId: string) => {
    const field = fields.get(customId);
    if (field === undefined) throw new Error(`the modal has no field ${customId}`);
    const value = values[customId] ?? prefilled(field);
    if (!raw) refuseUnfit(field, value);
    return filler.fill(field.component.type, customId, value);
  };
  const components = modal.components.map((part) => {
    const id = filler.nextId();
    if (part.type === ComponentType.Label) {
      return { type: part.type, id, component: fill(part.component.custom_id) };
    }
    if (part.type === ComponentType.ActionRow) {
      const inner = part.components.map((component) => fill(component.custom_id));
      return { type: part.type, id, components: inner };
    }
    return { type: part.type, id };
  });
  const strange = Object.keys(values).filter((customId) => !fields.has(customId));
  if (strange.length > 0 && !raw) throw new Error(`the modal has no field ${strange[0]}`);
  const forged = strange.map((customId) => filler.forge(customId, values[customId] ?? ''));
  return filler.sent(modal.custom_id, [...components, ...forged]);
}

/** Gives the data of a submission that no modal stands behind. */
export function forgeModal(
  world: World,
  customId: string,
  values: Record<string, ModalValue>,
): SentModal {
  const filler = new Filler(world);
  const components = Object.entries(values).map(([id, value]) => filler.forge(id, value));
  return filler.sent(customId, components);
}

/** Numbers the components of one submission and uploads its files. */
class Filler {
  readonly #world: World;
  readonly #attachments: Record<string, APIAttachment> = {};
  #id = 0;

  constructor(world: World) {
    this.#world = world;
  }

  nextId(): number {
    this.#id += 1;
    return this.#id;
  }

  fill(type: ComponentType, customId: string, value: ModalValue) {
    const base = { type, id: this.nextId(), custom_id: customId };
    if (type === ComponentType.Checkbox) return { ...base, value: value === 'true' };
    if (typeof value === 'string') return { ...base, value };
    const values = value.map((one) => {
      if (typeof one === 'string') return one;
      const attachment = uploadForOption(this.#world, one);
      this.#attachments[attachment.id] = attachment;
      return attachment.id;
    });
    return { ...base, values };
  }

  forge(customId: string, value: ModalValue) {
    const id = this.nextId();
    const component = this.fill(typeOf(value), customId, value);
    return { type: ComponentType.Label, id, component };
  }

  sent(custom_id: string, components: unknown[]): SentModal {
    const attachments = this.#attachments;
    const hasFiles = Object.keys(attachments).length > 0;
    return { custom_id, components, ...(hasFiles && { resolved: { attachments } }) };
  }
}

function typeOf(value: ModalValue): ComponentType {
  if (typeof value === 'string') return ComponentType.TextInput;
  const hasFiles = value.some((one) => typeof one !== 'string');
  return hasFiles ? ComponentType.FileUpload : ComponentType.StringSelect;
}

function prefilled({ component }: ModalField): string | string[] {
  switch (component.type) {
    case ComponentType.TextInput:
      return component.value ?? '';
    case ComponentType.Checkbox:
      return String(component.default ?? false);
    case ComponentType.RadioGroup:
      return component.options.find((option) => option.default === true)?.value ?? '';
    case ComponentType.StringSelect:
    case ComponentType.CheckboxGroup: {
      const chosen = component.options.filter((option) => option.default === true);
      return chosen.map((option) => option.value);
    }
    default:
      return [];
  }
}
