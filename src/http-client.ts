import { setFlagsFromString } from 'node:v8';
import { Agent, FormData, setGlobalDispatcher } from 'undici';

/**
 * Prepares the HTTP client of the whole process, for whoever imports this first of all. One for all:
 * discord.js would take the one inside Node, a second to compile beside Seedance's; and whoever reads
 * the global FormData before it is ours, as discord.js does while it is loaded, loads that second one.
 */
setGlobalDispatcher(new Agent());
Object.assign(globalThis, { FormData });

/** More than a process ever reads: V8's measure of what WebAssembly has run until it is optimised. */
const NEVER = 1_000_000_000;

// The client's parser is WebAssembly, which V8 would optimise after a few answers: a tenth of a second
// of a core, and 8 MB that stay, for a bot that reads a few answers a second.
setFlagsFromString(`--wasm-tiering-budget=${NEVER}`);
