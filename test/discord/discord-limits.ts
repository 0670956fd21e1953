import {
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  InteractionResponseType,
  MessageFlags,
} from 'discord.js';
import { expect } from 'vitest';
import { checkComponents } from '../../simulator/discord/component-rules.ts';
import { everyComponent, everyMedia } from '../../simulator/discord/component-walk.ts';
import { checkModal } from '../../simulator/discord/modal-rules.ts';
import { PUBLISHED, readPublished } from '../../simulator/discord/published.ts';

/** The one file that any of the bot's messages attaches. */
export const ATTACHED = 'seedance-1.mp4';

/**
 * Discord: 40 components in a message, 4000 characters over all its texts, 1024 in the description
 * of what it shows. Characters are counted in UTF-16 units, of which there are never fewer than code
 * points: whichever Discord counts, it fits. All other limits are in its published schemas.
 */
export function expectMessageToFit(...components: APIMessageTopLevelComponent[]): void {
  const all = [...everyComponent(components)];
  expect(all.length).toBeLessThanOrEqual(40);
  const texts = all.flatMap((one) => (one.type === ComponentType.TextDisplay ? [one.content] : []));
  for (const text of texts) expect(text).toMatch(/\S/);
  const text = texts.join('');
  expect(text.length).toBeLessThanOrEqual(4000);
  expect(text.isWellFormed()).toBe(true);
  for (const one of all) {
    if (one.type === ComponentType.ActionRow) {
      expect(one.components.length).toBeLessThanOrEqual(5);
      expect(one.components.length).toBeGreaterThan(0);
    }
    if (one.type === ComponentType.MediaGallery) expect(one.items.length).toBeLessThanOrEqual(10);
  }
  for (const { url } of everyMedia(components)) expect(url.length).toBeLessThanOrEqual(2048);
  checkComponents(components, {
    componentsV2: true,
    contentTypeOf: (name) => (name === ATTACHED ? 'video/mp4' : undefined),
  });
  const flags = MessageFlags.IsComponentsV2;
  expectToBePublished('createMessage', { flags, components, allowed_mentions: { parse: [] } });
}

/** Discord: five parts, whatever its schema says. */
export function expectFormToFit(modal: APIModalInteractionResponseCallbackData): void {
  expect(modal.components.length).toBeLessThanOrEqual(5);
  checkModal(modal);
  expectToBePublished('modal', { type: InteractionResponseType.Modal, data: modal });
}

/** In Discord's documentation, and not in its schemas; the second is discord.js's own doing. */
const UNPUBLISHED = /\.(file_types|enforce_nonce)$/;

/** Whether a body is what Discord publishes that it takes, with nothing that it does not know. */
export function expectToBePublished(kind: keyof typeof PUBLISHED, body: unknown): void {
  const { unknownKeys } = readPublished<unknown>(PUBLISHED[kind], body);
  expect(unknownKeys.filter((key) => !UNPUBLISHED.test(key))).toEqual([]);
}
