import { useState } from 'preact/hooks';
import type { SeenRequest } from '../page-protocol/told.ts';
import { requests } from './state.ts';

/** A request, and how many of the same kind came right after it. */
interface Row {
  request: SeenRequest;
  times: number;
}

/** What the bot asks of Discord and of Seedance, as it happens. */
export function Requests() {
  const rows = rowsOf(requests.value);
  return (
    <section class="requests" aria-labelledby="requests-title">
      <h2 id="requests-title">Requests of the bot</h2>
      <p class="faint">As they happen. Tokens and signatures are masked.</p>
      <div
        class="requests-list follows"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
      >
        <ol>
          {rows.map((row) => (
            <Request key={row.request.nr} {...row} />
          ))}
        </ol>
      </div>
    </section>
  );
}

/** One row; its body is there once it is opened: there may be hundreds. */
function Request({ request, times }: Row) {
  const [isOpen, setOpen] = useState(false);
  const { to, method, path, status, files, body } = request;
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span class={`to ${to.toLowerCase()}`}>{to}</span> <b>{method}</b>{' '}
          <span class="path">{path}</span>{' '}
          <span class={/^[2…]/.test(status) ? 'status' : 'status bad'}>{status}</span>
          {times > 1 && <span class="faint"> ×{times}</span>}
        </summary>
        {isOpen && files.length > 0 && <p>{files.join(', ')}</p>}
        {isOpen && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          <pre tabIndex={0}>{body || '(no body)'}</pre>
        )}
      </details>
    </li>
  );
}

/** The same look again and again is one row. */
function rowsOf(all: readonly SeenRequest[]): Row[] {
  const rows: Row[] = [];
  for (const request of all) {
    const last = rows.at(-1);
    if (last && isAlike(last.request, request)) last.times += 1;
    else rows.push({ request, times: 1 });
  }
  return rows;
}

function isAlike(one: SeenRequest, other: SeenRequest): boolean {
  return (
    one.method === 'GET' &&
    one.method === other.method &&
    one.to === other.to &&
    one.path === other.path &&
    one.status === other.status
  );
}
