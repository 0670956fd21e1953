import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { useState } from 'preact/hooks';
import { localUrl } from './hosts.ts';
import { actOn } from './interact.ts';
import { SelectMenu } from './select-menu.tsx';

const STYLE: Record<number, string> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
};

/** A row of buttons, or a select menu. */
export function ActionRow({
  row,
  messageId,
}: {
  row: APIActionRowComponent<APIComponentInMessageActionRow>;
  messageId: string;
}) {
  return (
    <div class="row">
      {row.components.map((component) => {
        switch (component.type) {
          case ComponentType.Button:
            return (
              <ButtonView
                // Another button in its place is another: a second press is not meant for it.
                key={'custom_id' in component ? component.custom_id : component.id}
                button={component}
                messageId={messageId}
              />
            );
          case ComponentType.StringSelect:
            return (
              <SelectMenu key={component.custom_id} select={component} messageId={messageId} />
            );
          default:
            return null;
        }
      })}
    </div>
  );
}

/** A button: it waits for the bot's answer, or is a link. */
export function ButtonView({
  button,
  messageId,
}: {
  button: APIButtonComponent;
  messageId: string;
}) {
  const [isWaiting, setWaiting] = useState(false);
  const label = 'label' in button ? button.label : undefined;
  const look = `button ${STYLE[button.style] ?? 'secondary'}`;
  if (button.style === ButtonStyle.Link) {
    const local = localUrl(button.url);
    return (
      <a class={look} href={local ?? button.url} target="_blank" rel="noreferrer">
        {label} <span aria-hidden="true">↗</span>
      </a>
    );
  }
  if (!('custom_id' in button)) return null;
  const { custom_id: customId } = button;
  const press = async () => {
    if (isWaiting) return;
    setWaiting(true);
    await actOn(messageId, { do: 'press', messageId, customId });
    setWaiting(false);
  };
  return (
    <button
      type="button"
      class={look}
      disabled={button.disabled}
      aria-busy={isWaiting}
      onClick={() => void press()}
    >
      {label}
    </button>
  );
}
