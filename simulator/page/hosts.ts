import { everything } from './state.ts';

/** The address that a file was first seen with, while it holds: a later one is only signed anew. */
const seen = new Map<string, string>();

/**
 * The address at which the page has what stands at an address of the simulated hosts; undefined for
 * any other: the page asks the network for nothing but itself.
 */
export function localUrl(url: string): string | undefined {
  const hosts = Object.entries(everything.value?.hosts ?? {});
  const found = hosts.find(([host]) => url.startsWith(host));
  if (!found) return undefined;
  const [host, path] = found;
  const [file = url] = url.split('?');
  const known = seen.get(file);
  const kept = known !== undefined && holds(known) ? known : url;
  seen.set(file, kept);
  return kept.replace(host, path);
}

/** Whether a signed address can still be used: `ex` is when it ends, in hex seconds. */
function holds(url: string): boolean {
  const ex = new URL(url).searchParams.get('ex');
  return ex === null || Number.parseInt(ex, 16) * 1000 > Date.now();
}
