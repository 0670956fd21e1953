import {
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { everyComponent } from './component-walk.ts';

/** A button as a member sees it; a link has a `url` and no `customId`. */
export interface SimButton {
  customId: string | undefined;
  url: string | undefined;
  label: string;
  disabled: boolean;
  style: number;
}

/** One line of a select's list. */
export interface SimOption {
  label: string;
  value: string;
  description: string;
  /** Chosen beforehand. */
  default: boolean;
}

/** A select as a member sees it. */
export interface SimSelect {
  customId: string;
  placeholder: string;
  options: SimOption[];
  /** The values that are chosen now. */
  values: string[];
  minValues: number;
  maxValues: number;
  disabled: boolean;
}

/** Gives the buttons of a message in reading order, those beside a text included. */
export function buttonsOf(components: readonly APIMessageTopLevelComponent[]): SimButton[] {
  return [...everyComponent(components)].flatMap((component) => {
    if (component.type !== ComponentType.Button) return [];
    return [
      {
        customId: 'custom_id' in component ? component.custom_id : undefined,
        url: 'url' in component ? component.url : undefined,
        label: 'label' in component ? (component.label ?? '') : '',
        disabled: component.disabled ?? false,
        style: component.style,
      },
    ];
  });
}

/** Gives the selects of a message that have their own options, in reading order. */
export function selectsOf(components: readonly APIMessageTopLevelComponent[]): SimSelect[] {
  return [...everyComponent(components)].flatMap((component) => {
    if (component.type !== ComponentType.StringSelect) return [];
    const options = optionsOf(component);
    return [
      {
        customId: component.custom_id,
        placeholder: component.placeholder ?? '',
        options,
        values: options.filter((option) => option.default).map((option) => option.value),
        minValues: component.min_values ?? 1,
        maxValues: component.max_values ?? 1,
        disabled: component.disabled ?? false,
      },
    ];
  });
}

/** Gives the lines of a select. */
export function optionsOf(select: Pick<APIStringSelectComponent, 'options'>): SimOption[] {
  return select.options.map((option) => ({
    label: option.label,
    value: option.value,
    description: option.description ?? '',
    default: option.default ?? false,
  }));
}

/** Gives every text of the components that a member can read, alt texts included. */
export function textsOf(components: readonly APIMessageTopLevelComponent[]): string[] {
  return [...everyComponent(components)].flatMap((component) => {
    switch (component.type) {
      case ComponentType.TextDisplay:
        return [component.content];
      case ComponentType.Button:
        return 'label' in component ? [component.label ?? ''] : [];
      case ComponentType.StringSelect:
        return [
          component.placeholder ?? '',
          ...component.options.flatMap(({ label, description = '' }) => [label, description]),
        ];
      case ComponentType.Thumbnail:
        return [component.description ?? ''];
      case ComponentType.MediaGallery:
        return component.items.map((item) => item.description ?? '');
      default:
        return [];
    }
  });
}
