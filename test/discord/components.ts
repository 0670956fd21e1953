import {
  type APIButtonComponent,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ComponentType,
} from 'discord.js';
import { everyComponent } from '../../simulator/discord/component-walk.ts';

/** All text of a message, a line break between two text displays. */
export function textOf(...components: APIMessageTopLevelComponent[]): string {
  return [...everyComponent(components)]
    .flatMap((one) => (one.type === ComponentType.TextDisplay ? [one.content] : []))
    .join('\n');
}

/** The same, line by line. */
export function linesOf(...components: APIMessageTopLevelComponent[]): string[] {
  return textOf(...components).split('\n');
}

/** What the galleries of a message show. */
export function pictures(...components: APIMessageTopLevelComponent[]) {
  return [...everyComponent(components)].flatMap((one) =>
    one.type === ComponentType.MediaGallery ? one.items : [],
  );
}

/** The buttons of a message, each as its label and where it leads: a `custom_id` or an address. */
export function buttons(...components: APIMessageTopLevelComponent[]): unknown[][] {
  return [...everyComponent(components)].flatMap((one) =>
    one.type === ComponentType.Button ? [['label' in one && one.label, targetOf(one)]] : [],
  );
}

function targetOf(button: APIButtonComponent): string | undefined {
  if ('custom_id' in button) return button.custom_id;
  return 'url' in button ? button.url : undefined;
}

/** The select menus of a message, in reading order. */
export function menus(...components: APIMessageTopLevelComponent[]): APIStringSelectComponent[] {
  return [...everyComponent(components)].filter((one) => one.type === ComponentType.StringSelect);
}
