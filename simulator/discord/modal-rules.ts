import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord-api-types/v10';
import { invalidForm } from './api-error.ts';

/** Discord's documentation says five; its published schema says forty. The documentation wins. */
const MAX_PARTS = 5;

/** Refuses (50035) a modal that breaks a rule the published schema does not state. */
export function checkModal(modal: APIModalInteractionResponseCallbackData): void {
  if (modal.components.length > MAX_PARTS) {
    throw invalidForm(`${modal.components.length} parts in a modal, at most ${MAX_PARTS}`);
  }
  const ids = modalFields(modal).map((field) => field.custom_id);
  if (new Set(ids).size < ids.length) throw invalidForm('duplicated custom_id in a modal');
}

/** Gives the fields of a modal that a member fills in. */
export function modalFields(modal: APIModalInteractionResponseCallbackData) {
  return modal.components.flatMap((part) => {
    if (part.type === ComponentType.Label) return [part.component];
    if (part.type === ComponentType.ActionRow) return part.components;
    return [];
  });
}
