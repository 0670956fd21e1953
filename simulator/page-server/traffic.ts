import type { Stage } from '../demo/stage.ts';
import type { SimRequest as DiscordRequest } from '../discord/discord.ts';
import type { SeenRequest } from '../page-protocol/told.ts';
import type { SimRequest as SeedanceRequest } from '../seedance/state.ts';

/** How many requests are kept for a page that comes later. */
const KEPT = 300;

/** The requests that the bot made, as a person may see them: without tokens, keys and signatures. */
export class Traffic {
  readonly #seen: SeenRequest[] = [];
  readonly #numbers = new WeakMap<object, number>();
  /** Called when one has arrived, and when it was answered. */
  onRequest = (_request: SeenRequest) => {};

  constructor({ discord, seedance }: Stage) {
    const secrets = [discord.token, seedance.apiKey];
    const noteDiscord = (request: DiscordRequest) =>
      this.#note(request, seenOfDiscord(request, secrets));
    discord.event.on('request', noteDiscord).on('response', noteDiscord);
    seedance.onRequest((request) => this.#note(request, seenOfSeedance(request, secrets)));
  }

  get all(): readonly SeenRequest[] {
    return this.#seen;
  }

  /** The same request comes twice: when it arrives, and when it is answered. */
  #note(request: object, seen: Omit<SeenRequest, 'nr'>): void {
    const known = this.#numbers.get(request);
    const nr = known ?? (this.#seen.at(-1)?.nr ?? 0) + 1;
    const numbered = { nr, ...seen };
    this.#numbers.set(request, nr);
    if (known === undefined) this.#seen.push(numbered);
    else this.#replace(numbered);
    if (this.#seen.length > KEPT) this.#seen.shift();
    this.onRequest(numbered);
  }

  #replace(request: SeenRequest): void {
    const at = this.#seen.findIndex(({ nr }) => nr === request.nr);
    if (at >= 0) this.#seen[at] = request;
  }
}

function seenOfDiscord(request: DiscordRequest, secrets: string[]): Omit<SeenRequest, 'nr'> {
  const { at, method, path, query, status, code, body, files } = request;
  const sent = files.map(({ name, bytes }) => `${name} (${bytes.length} bytes)`);
  return {
    to: 'Discord',
    at,
    method,
    path: masked(path + query, secrets),
    status: status === 0 ? '…' : code === undefined ? String(status) : `${status} (${code})`,
    body: bodyOf(body, secrets),
    files: sent,
  };
}

function seenOfSeedance(request: SeedanceRequest, secrets: string[]): Omit<SeenRequest, 'nr'> {
  const { at, method, path, status, body } = request;
  return {
    to: 'Seedance',
    at,
    method,
    path,
    status: status === 0 ? '…' : String(status),
    body: bodyOf(body, secrets),
    files: [],
  };
}

function bodyOf(body: unknown, secrets: string[]): string {
  if (body === undefined || body === '') return '';
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return masked(text, secrets);
}

/** Takes out the given secrets, the tokens in Discord's paths, and the signatures of addresses. */
export function masked(text: string, secrets: readonly string[]): string {
  return secrets
    .reduce((kept, secret) => kept.replaceAll(secret, '•••'), text)
    .replace(/\/(webhooks|interactions)\/(\d+)\/[\w-]+/g, '/$1/$2/•••')
    .replace(/([?&]hm=)\w+/g, '$1•••');
}
