import { setFlagsFromString } from 'node:v8';
import { Agent, FormData, setGlobalDispatcher } from 'undici';

// The HTTP client of the whole process: this is to be imported before all else. One for all: discord.js
// would take the connections of the one inside Node, if that was loaded before. Whoever reads the global
// FormData loads that one, unless it is ours by then; discord.js reads it while it is loaded.
setGlobalDispatcher(new Agent());
Object.assign(globalThis, { FormData });

/** More than a process ever reads: V8's measure of what WebAssembly has run until it is optimised. */
const NEVER = 1_000_000_000;

// The client's parser is WebAssembly, which V8 would optimise after a few answers: a tenth of a second
// of a core, and 8 MB that stay, for a bot that reads a few answers a second.
setFlagsFromString(`--wasm-tiering-budget=${NEVER}`);
