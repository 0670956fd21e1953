import { setFlagsFromString } from 'node:v8';
import { Agent, setGlobalDispatcher } from 'undici';

/** More than a process ever reads: V8's measure of what WebAssembly has run until it is optimised. */
const NEVER = 1_000_000_000;

/**
 * Prepares the HTTP client of the whole process; to be called before the first request.
 * One for all: discord.js would take the one inside Node, a second to compile beside Seedance's. Its
 * parser is WebAssembly, which V8 would optimise after a few answers: a tenth of a second of a core,
 * and 8 MB that stay, for a bot that reads a few answers a second.
 */
export function prepareHttpClient(): void {
  setFlagsFromString(`--wasm-tiering-budget=${NEVER}`);
  setGlobalDispatcher(new Agent());
}
