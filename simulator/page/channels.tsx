import { channel, everything, goTo, unread } from './state.ts';

/** The channels one can go to. */
export function Channels() {
  const all = everything.value;
  if (!all) return null;
  return (
    <nav class="channels" aria-label="Channels">
      <p class="server">{all.server}</p>
      <ul>
        {all.channels.map(({ id, name, isDirect }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === channel.value?.id ? 'page' : undefined}
              onClick={() => goTo(id)}
            >
              <span aria-hidden="true">{isDirect ? '@ ' : '# '}</span>
              {name}
              {isDirect && <span class="hidden"> (direct messages)</span>}
              {(unread.value[id] ?? 0) > 0 && (
                <span class="unread">
                  {unread.value[id]}
                  <span class="hidden"> unread</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <p class="you faint">
        You are <b>{all.you.name}</b>
      </p>
    </nav>
  );
}
