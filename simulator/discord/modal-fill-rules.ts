import { type APIFileUploadComponent, ComponentType, TextInputStyle } from 'discord-api-types/v10';
import type { ModalField } from './modal-rules.ts';
import type { ModalValue } from './modal-submit.ts';
import { boundsOf, isRequired } from './modal-view.ts';
import type { SimFile } from './upload-option.ts';

/** Which endings a kind of file has (docs: File Type Filtering). */
const ENDINGS: Record<string, string[]> = {
  image: ['.png', '.gif', '.jpg', '.jpeg', '.jfif', '.webp', '.avif'],
  video: ['.mp4', '.mov', '.qt', '.webm'],
  audio: ['.mp3', '.m4a', '.wav', '.ogg', '.opus', '.flac'],
};

const COUNTED = new Set([
  ComponentType.TextInput,
  ComponentType.StringSelect,
  ComponentType.FileUpload,
]);

/** Throws for what the member's client would not let through. */
export function refuseUnfit({ component }: ModalField, value: ModalValue): void {
  const { custom_id: id } = component;
  if (value.length === 0) {
    if (isRequired(component)) throw new Error(`the field ${id} is required`);
    return;
  }
  const { min, max } = boundsOf(component);
  if (COUNTED.has(component.type) && (value.length < min || value.length > max)) {
    throw new Error(`the field ${id} takes ${min} to ${max}, not ${value.length}`);
  }
  switch (component.type) {
    case ComponentType.TextInput:
      if (typeof value !== 'string') throw new Error(`the field ${id} takes a text`);
      if (component.style === TextInputStyle.Short && value.includes('\n')) {
        throw new Error(`the field ${id} takes one line`);
      }
      return;
    case ComponentType.StringSelect: {
      const offered = new Set(component.options.map((option) => option.value));
      const isFit =
        Array.isArray(value) && value.every((one) => isText(one) && offered.delete(one));
      if (!isFit) throw new Error(`the field ${id} takes each of its options at most once`);
      return;
    }
    case ComponentType.FileUpload: {
      const files = Array.isArray(value) ? value.flatMap((one) => (isText(one) ? [] : [one])) : [];
      if (files.length < value.length) throw new Error(`the field ${id} takes files`);
      const stranger = files.find((file) => !endingFits(component, file));
      if (stranger !== undefined) throw new Error(`the field ${id} does not take ${stranger.name}`);
    }
  }
}

function isText(value: string | SimFile): value is string {
  return typeof value === 'string';
}

function endingFits({ file_types }: APIFileUploadComponent, { name }: SimFile): boolean {
  const allowed = (file_types ?? []).flatMap((kind) => ENDINGS[kind] ?? [kind.toLowerCase()]);
  return allowed.length === 0 || allowed.some((ending) => name.toLowerCase().endsWith(ending));
}
