import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
  ButtonStyle,
  ComponentType,
} from 'discord.js';

/** A button that does something. @param customId what it does and to what: `again:1234` */
export function button(
  customId: string,
  label: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger = ButtonStyle.Secondary,
): APIButtonComponent {
  return { type: ComponentType.Button, style, label, custom_id: customId };
}

/** Discord: the address of a link button is at most 512 characters long. */
const LINK_MAX = 512;

/** A button that leads somewhere; undefined where there is nowhere to lead, or it is too far. */
export function linkButton(url: string | undefined, label: string): APIButtonComponent | undefined {
  if (!url || url.length > LINK_MAX) return undefined;
  return { type: ComponentType.Button, style: ButtonStyle.Link, label, url };
}

/** Buttons side by side, five at the most; those that are undefined fall away. */
export function buttonRow(
  ...buttons: (APIButtonComponent | undefined)[]
): (APIActionRowComponent<APIButtonComponent> & APIComponentInContainer) | undefined {
  const shown = buttons.filter((one) => one !== undefined);
  return shown.length > 0 ? { type: ComponentType.ActionRow, components: shown } : undefined;
}
