import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord-api-types/v10';
import { optionsOf, type SimOption } from './message-view.ts';
import { type ModalField, modalFields } from './modal-rules.ts';

/** One field of a form as a member reads it; what a kind of field lacks is empty. */
interface SimField {
  customId: string;
  type: ComponentType;
  label: string;
  description: string;
  placeholder: string;
  required: boolean;
  /** The text filled in beforehand. */
  value: string;
  options: SimOption[];
  /** The options chosen beforehand. */
  values: string[];
  /** Characters of a text, options of a select, files of an upload. */
  min: number;
  max: number;
}

/** A form as a member reads it. */
export interface SimForm {
  customId: string;
  title: string;
  fields: SimField[];
  /** Everything that can be read on it. */
  text(): string;
  /** Throws if there is no such field. */
  field(customId: string): SimField;
}

/** Reads a modal as a member does. */
export function readForm(modal: APIModalInteractionResponseCallbackData): SimForm {
  const fields = modalFields(modal).map(readField);
  const plain = modal.components.flatMap((part) =>
    part.type === ComponentType.TextDisplay ? [part.content] : [],
  );
  return {
    customId: modal.custom_id,
    title: modal.title,
    fields,
    text: () => [modal.title, ...plain, ...fields.flatMap(fieldTexts)].filter(Boolean).join('\n'),
    field: (customId) => {
      const found = fields.find((field) => field.customId === customId);
      if (found === undefined) throw new Error(`the form has no field ${customId}`);
      return found;
    },
  };
}

function readField({ label, description, component }: ModalField): SimField {
  const options = 'options' in component ? optionsOf(component) : [];
  return {
    customId: component.custom_id,
    type: component.type,
    label,
    description,
    placeholder: 'placeholder' in component ? (component.placeholder ?? '') : '',
    required: isRequired(component),
    value: 'value' in component ? (component.value ?? '') : '',
    options,
    values: options.filter((option) => option.default).map((option) => option.value),
    ...boundsOf(component),
  };
}

/** Says whether a form is not sent without a field: every kind but the checkbox, if not said otherwise. */
export function isRequired(component: ModalField['component']): boolean {
  return component.type !== ComponentType.Checkbox && (component.required ?? true);
}

/** Gives the least and the most a field takes, with Discord's defaults (docs: Component Reference). */
export function boundsOf(component: ModalField['component']): { min: number; max: number } {
  if (component.type === ComponentType.TextInput) {
    return { min: component.min_length ?? 0, max: component.max_length ?? 4000 };
  }
  const isCounted = 'max_values' in component || 'min_values' in component;
  if (!isCounted) return { min: 1, max: 1 };
  return { min: component.min_values ?? 1, max: component.max_values ?? 1 };
}

function fieldTexts(field: SimField): string[] {
  const options = field.options.flatMap(({ label, description }) => [label, description]);
  return [field.label, field.description, field.placeholder, field.value, ...options];
}
