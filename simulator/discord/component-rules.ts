import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { invalidForm } from './api-error.ts';
import { type AnyComponent, everyComponent, everyMedia } from './component-walk.ts';
import { checkSelect } from './select-rules.ts';

const MAX_COMPONENTS = 40;
const MAX_TEXT = 4000;
const MAX_ROWS_WITHOUT_V2 = 5;

/** What the rules look at besides the components: the flag, and the files at hand by name. */
export interface ComponentSurroundings {
  componentsV2: boolean;
  contentTypeOf: (filename: string) => string | null | undefined;
}

/**
 * Refuses (50035) components that break a rule the published schema does not state
 * (docs: Component Reference; Discord's limits of 40 components and 4000 characters a message).
 */
export function checkComponents(
  components: readonly AnyComponent[],
  around: ComponentSurroundings,
): void {
  const all = [...everyComponent(components)];
  if (around.componentsV2) checkTotals(all);
  else checkClassic(components);
  checkCustomIds(all);
  for (const component of all) checkButton(component);
  for (const component of all) {
    if (component.type === ComponentType.ActionRow) checkRow(component);
    if (component.type === ComponentType.StringSelect) checkSelect(component);
  }
  checkMedia(components, around);
}

function checkTotals(all: readonly AnyComponent[]): void {
  if (all.length === 0) throw invalidForm('a Components V2 message needs a component');
  if (all.length > MAX_COMPONENTS) {
    throw invalidForm(`${all.length} components, at most ${MAX_COMPONENTS}`);
  }
  const text = all.flatMap((c) => (c.type === ComponentType.TextDisplay ? [c.content] : []));
  const length = text.join('').length;
  if (length > MAX_TEXT) throw invalidForm(`${length} characters of text, at most ${MAX_TEXT}`);
}

function checkClassic(components: readonly AnyComponent[]): void {
  if (components.length > MAX_ROWS_WITHOUT_V2) throw invalidForm('more than 5 action rows');
  if (components.some((c) => c.type !== ComponentType.ActionRow)) {
    throw invalidForm('these components need the IS_COMPONENTS_V2 flag');
  }
}

function checkCustomIds(all: readonly AnyComponent[]): void {
  const seen = new Set<string>();
  for (const component of all) {
    if (!('custom_id' in component)) continue;
    if (seen.has(component.custom_id)) throw invalidForm(`duplicated custom_id`);
    seen.add(component.custom_id);
  }
}

function checkButton(component: AnyComponent): void {
  if (component.type !== ComponentType.Button) return;
  if (component.style === ButtonStyle.Premium) {
    if (!('sku_id' in component)) throw invalidForm('a premium button needs a sku_id');
    return;
  }
  if (!component.label && !('emoji' in component)) {
    throw invalidForm('a button needs a label or an emoji');
  }
  if (component.style === ButtonStyle.Link) {
    if (!('url' in component)) throw invalidForm('a link button needs a url');
    if (!/^(https?|discord):\/\//.test(component.url)) throw invalidForm('url: not a link');
    if ('custom_id' in component) throw invalidForm('a link button takes no custom_id');
    return;
  }
  if (!('custom_id' in component)) throw invalidForm('a button needs a custom_id');
  if ('url' in component) throw invalidForm('only a link button takes a url');
}

function checkRow(row: Extract<AnyComponent, { type: ComponentType.ActionRow }>): void {
  const selects = row.components.filter((inner) => inner.type !== ComponentType.Button);
  if (selects.length > 0 && row.components.length > 1) {
    throw invalidForm('a select stands alone in its row');
  }
}

function checkMedia(components: readonly AnyComponent[], around: ComponentSurroundings): void {
  for (const media of everyMedia(components)) {
    const attached = attachedName(media.url);
    if (attached === null) {
      if (media.in === 'file') throw invalidForm('a file component takes attachment:// only');
      if (!/^https?:\/\//.test(media.url)) throw invalidForm('a media url is http(s)');
      continue;
    }
    const contentType = around.contentTypeOf(attached);
    if (contentType === undefined) throw invalidForm(`attachment://${attached} is not attached`);
    if (media.in === 'thumbnail' && contentType !== null && !contentType.startsWith('image/')) {
      throw invalidForm('a thumbnail shows images only');
    }
  }
}

/** Gives the file name of an `attachment://` address, or null for any other address. */
export function attachedName(url: string): string | null {
  return url.startsWith('attachment://') ? url.slice('attachment://'.length) : null;
}
