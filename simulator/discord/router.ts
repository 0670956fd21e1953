import type { Upload } from './multipart.ts';

/** What a route is given. `violate` records a broken rule without refusing the request. */
export interface RouteRequest {
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  uploads: Upload[];
  violate: (rule: string) => void;
}

/** What a route answers; without a body, an empty answer without a content type. */
export interface RouteReply {
  status: number;
  body?: unknown;
}

/** One route of the REST API. `needsToken`: only with the bot's Authorization. */
export interface Route {
  method: string;
  path: string;
  needsToken: boolean;
  handle: (request: RouteRequest) => RouteReply;
}

/** Finds the route of a request and reads the `:names` of its path. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  const parts = path.split('/');
  for (const route of routes) {
    if (route.method !== method) continue;
    const params = matchPath(route.path.split('/'), parts);
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

function matchPath(pattern: string[], parts: string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (expected.startsWith(':')) params[expected.slice(1)] = part;
    else if (expected !== part) return undefined;
  }
  return params;
}

/** Gives a `:name` of the path. */
export function param(request: RouteRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`the route has no :${name}`);
  return value;
}

/** What discord.js sends with every message, where Discord reads it and where it does not. */
const HARMLESS = /\.(nonce|enforce_nonce|tts)$/;

/** Records the keys Discord's schema does not know, and gives the body. */
export function noteUnknown<T>(request: RouteRequest, read: { data: T; unknownKeys: string[] }): T {
  const strange = read.unknownKeys.filter((key) => !HARMLESS.test(key));
  if (strange.length > 0) request.violate(`keys Discord does not know: ${strange.join(', ')}`);
  return read.data;
}
