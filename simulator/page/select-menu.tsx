import { normalizeProps, useMachine } from '@zag-js/preact';
import * as select from '@zag-js/select';
import type { APIStringSelectComponent } from 'discord-api-types/v10';
import { useId } from 'preact/hooks';
import { actOn } from './interact.ts';

/** A select menu on a message: what is chosen goes to the bot at once. */
export function SelectMenu({
  select: { custom_id: customId, options, placeholder, disabled, max_values },
  messageId,
}: {
  select: APIStringSelectComponent;
  messageId: string;
}) {
  const service = useMachine(select.machine, {
    id: useId(),
    collection: select.collection({
      items: options,
      itemToValue: ({ value }) => value,
      itemToString: ({ label }) => label,
    }),
    // What is chosen is the message's to say.
    value: options.filter((option) => option.default).map((option) => option.value),
    multiple: (max_values ?? 1) > 1,
    disabled: disabled ?? false,
    positioning: { sameWidth: true },
    onValueChange: ({ value }) => {
      void actOn(messageId, { do: 'choose', messageId, customId, values: value });
    },
  });
  const api = select.connect(service, normalizeProps);
  const chosen = api.valueAsString || (placeholder ?? 'Make a selection');
  return (
    <div class="select" {...api.getRootProps()}>
      <button {...api.getTriggerProps()} aria-label={chosen} class="select-trigger">
        <span>{chosen}</span>
        <span aria-hidden="true">▾</span>
      </button>
      <div {...api.getPositionerProps()} class="floating">
        <ul {...api.getContentProps()} aria-label={placeholder ?? 'Options'} class="list">
          {options.map((option) => (
            <li key={option.value} {...api.getItemProps({ item: option })} class="list-item">
              <span>{option.label}</span>
              {option.description && <small>{option.description}</small>}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
