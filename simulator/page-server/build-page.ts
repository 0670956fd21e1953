import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

const ROOT = fileURLToPath(new URL('../page/', import.meta.url));

/** The files of the page by their path: `/index.html`, `/assets/….js`. */
export type PageFiles = ReadonlyMap<string, Buffer>;

/** Builds the page with Vite, in memory: nothing is written. @throws if it can't be built */
export async function buildPage(): Promise<PageFiles> {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { write: false, target: 'es2022', modulePreload: { polyfill: false } },
  });
  return new Map(outputOf(built).map((file) => [`/${file.fileName}`, bytesOf(file)]));
}

type Output = Rolldown.RolldownOutput['output'][number];

function outputOf(built: Awaited<ReturnType<typeof build>>): Output[] {
  const all = Array.isArray(built) ? built : [built];
  return all.flatMap((one) => ('output' in one ? one.output : []));
}

function bytesOf(file: Output): Buffer {
  return Buffer.from(file.type === 'chunk' ? file.code : file.source);
}
