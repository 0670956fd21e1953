// Plain JavaScript on purpose: to read TypeScript, Node loads a compiler that takes 18 MB and stays;
// what is in its cache, it reads without. The cache lies beside the packages: who may write to one may
// write to the other. Where it can't be written, starts take longer, and that is all. An operator's
// NODE_COMPILE_CACHE wins: Node has heeded it by now.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/node-compile-cache'));
