import { everything } from './state.ts';

/** The first address that a file was seen with: a later one is only signed anew. */
const firstSeen = new Map<string, string>();

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
  const first = firstSeen.get(file) ?? url;
  firstSeen.set(file, first);
  return first.replace(host, path);
}
