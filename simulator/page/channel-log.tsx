import { useLayoutEffect } from 'preact/hooks';
import { useKeptFocus } from './keep-focus.ts';
import { Message } from './message.tsx';
import { channel, jumps, sent, shownMessages } from './state.ts';

/** What was written in the channel. */
export function ChannelLog() {
  const all = shownMessages.value;
  const focus = useKeptFocus<HTMLDivElement>();
  const jump = jumps.value;
  useLayoutEffect(() => {
    focus.ref.current?.scrollTo({ top: 0 });
  }, [jump]);
  const waiting = sent.value;
  const name = channel.value?.name ?? '';
  return (
    <div
      {...focus}
      class="log follows"
      role="log"
      aria-label={`Messages in ${name}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
    >
      <div>
        <p class="faint beginning">
          This is the beginning of <strong>{name}</strong>. Type <kbd>/</kbd> for the bot’s
          commands.
        </p>
        {all.map((seen) => (
          <Message key={seen.message.id} seen={seen} />
        ))}
        {waiting.map(({ key, name: command, problem }) => (
          <p
            key={key}
            class={problem ? 'sent problem' : 'sent faint'}
            role={problem ? 'alert' : undefined}
          >
            /{command}: {problem ?? 'sending…'}{' '}
            {problem && (
              <button type="button" class="link" onClick={() => forget(key)}>
                Dismiss
              </button>
            )}
          </p>
        ))}
      </div>
    </div>
  );
}

function forget(key: number): void {
  sent.value = sent.value.filter((one) => one.key !== key);
}
