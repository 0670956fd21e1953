import * as menu from '@zag-js/menu';
import { normalizeProps, useMachine } from '@zag-js/preact';
import { ApplicationCommandType } from 'discord-api-types/v10';
import { useId } from 'preact/hooks';
import type { SeenMessage } from '../page-protocol/told.ts';
import { actOn } from './interact.ts';
import { commands, replyTo } from './state.ts';

/** The menu of a message: Reply, the apps' commands, Delete. */
export function MessageMenu({ seen: { message, mayDelete }, seen }: { seen: SeenMessage }) {
  const messageId = message.id;
  const apps = commands.value.filter(({ type }) => type === ApplicationCommandType.Message);
  const choose = (value: string) => {
    if (value === 'reply') replyTo.value = seen;
    else if (value === 'delete') void actOn(messageId, { do: 'delete', messageId });
    else void actOn(messageId, { do: 'use', messageId, command: value.replace('app:', '') });
  };
  const service = useMachine(menu.machine, {
    id: useId(),
    'aria-label': 'Message actions',
    positioning: { placement: 'bottom-end' },
    onSelect: ({ value }) => choose(value),
  });
  const api = menu.connect(service, normalizeProps);
  return (
    <div class="message-menu">
      <button {...api.getTriggerProps()} aria-label="Message actions" class="icon-button">
        <span aria-hidden="true">⋯</span>
      </button>
      <div {...api.getPositionerProps()} class="floating">
        <div {...api.getContentProps()} class="list">
          <div {...api.getItemProps({ value: 'reply' })} class="list-item">
            Reply
          </div>
          {apps.map(({ name, shownName }) => (
            <div key={name} {...api.getItemProps({ value: `app:${name}` })} class="list-item">
              <span>
                Apps <span aria-hidden="true">→</span> {shownName}
              </span>
            </div>
          ))}
          {mayDelete && (
            <div {...api.getItemProps({ value: 'delete' })} class="list-item danger-text">
              Delete message
            </div>
          )}
        </div>
      </div>
    </div>
  );
}
