import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What `npm start` gives Node, but for the program; it begins with the flags of V8. */
async function flagsOfStart(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const [program, ...words] = String(scripts.start).split(' ');
  expect([program, words.pop()]).toEqual(['node', 'src/main.ts']);
  return words;
}

/** A project of one file in TypeScript, which `npm start` would run as it runs the bot. */
async function project() {
  const dir = await mkdtemp(join(tmpdir(), 'seedance-cache-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await cp(join(ROOT, 'scripts'), join(dir, 'scripts'), { recursive: true });
  await writeFile(join(dir, 'package.json'), '{ "type": "module" }');
  await writeFile(join(dir, 'program.ts'), "const word: string = 'runs';\nconsole.log(word);\n");
  const flags = await flagsOfStart();
  const start = (env: Record<string, string> = {}) =>
    run(process.execPath, [...flags, 'program.ts'], { cwd: dir, env });
  return { dir, start };
}

const RUNS = { stdout: 'runs\n', stderr: '' };

test('what was compiled is kept beside the packages, or where NODE_COMPILE_CACHE says', async () => {
  const { dir, start } = await project();
  await mkdir(join(dir, 'node_modules'));
  expect(await start({ NODE_COMPILE_CACHE: './elsewhere' })).toEqual(RUNS);
  expect(await readdir(join(dir, 'elsewhere'))).toHaveLength(1);
  expect(await readdir(join(dir, 'node_modules'))).toEqual([]);

  expect(await start()).toEqual(RUNS);
  expect(await readdir(join(dir, 'node_modules/.cache/node-compile-cache'))).toHaveLength(1);
  expect(await start()).toEqual(RUNS);
});

test('where nothing can be kept, it starts all the same and says nothing', async () => {
  const { dir, start } = await project();
  await writeFile(join(dir, 'node_modules'), 'Not even root can make a folder in this.');
  expect(await start()).toEqual(RUNS);
});

test('the image starts it with the same flags of V8', async () => {
  const dockerfile = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
  const [, entrypoint = '[]'] = /^ENTRYPOINT (.+)$/m.exec(dockerfile) ?? [];
  const ofV8 = (await flagsOfStart()).filter((word) => /^--.+=/.test(word));
  expect(JSON.parse(entrypoint)).toEqual(['node', ...ofV8, 'src/main.ts']);
});
