import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { invalidForm } from './api-error.ts';
import { checkSelect } from './select-rules.ts';

/** Discord's documentation says five; its published schema says forty. The documentation wins. */
const MAX_PARTS = 5;
const MAX_TEXT = 4000;

/** What a member fills in, and what stands above it. */
export interface ModalField {
  label: string;
  description: string;
  component: APIComponentInLabel;
}

/** Refuses (50035) a modal that breaks a rule the published schema does not state. */
export function checkModal(modal: APIModalInteractionResponseCallbackData): void {
  if (modal.components.length > MAX_PARTS) {
    throw invalidForm(`${modal.components.length} parts in a modal, at most ${MAX_PARTS}`);
  }
  const components = modalFields(modal).map((field) => field.component);
  const ids = components.map((component) => component.custom_id);
  if (new Set(ids).size < ids.length) throw invalidForm('duplicated custom_id in a modal');
  for (const component of components) checkField(component);
}

/** Gives the fields of a modal that a member fills in. */
export function modalFields(modal: APIModalInteractionResponseCallbackData): ModalField[] {
  return modal.components.flatMap((part): ModalField[] => {
    if (part.type === ComponentType.Label) {
      const { label, description = '', component } = part;
      return [{ label, description, component }];
    }
    if (part.type !== ComponentType.ActionRow) return [];
    return part.components.map((component) => ({
      label: component.label ?? '',
      description: '',
      component,
    }));
  });
}

function checkField(component: APIComponentInLabel): void {
  switch (component.type) {
    case ComponentType.TextInput:
      checkTextInput(component);
      return;
    case ComponentType.StringSelect:
      checkModalSelect(component);
      return;
    case ComponentType.FileUpload: {
      const { min_values = 1, max_values = 1, required = true } = component;
      if (required && min_values < 1) throw invalidForm('min_values 0 of a required upload');
      if (min_values > max_values) throw invalidForm('min_values over max_values');
    }
  }
}

function checkTextInput({ value, min_length, max_length }: APITextInputComponent): void {
  const min = min_length ?? 0;
  const max = max_length ?? MAX_TEXT;
  if (min > max) throw invalidForm('min_length over max_length');
  if (value === undefined || value === '') return;
  if (value.length < min || value.length > max) {
    throw invalidForm(`a value of ${value.length} characters, must be between ${min} and ${max}`);
  }
}

function checkModalSelect(select: APIStringSelectComponent): void {
  checkSelect(select);
  if (select.disabled === true) throw invalidForm('a modal has no disabled components');
  if ((select.required ?? true) && select.min_values === 0) {
    throw invalidForm('min_values 0 of a required select');
  }
}
