import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const files = globSync('{src/seedance,src/discord,commands}/*.ts', { cwd: ROOT });

// The linter holds the directions; that these folders take only types from jobs it can't express.
test.each(files)('%s takes nothing but types from jobs and members', (file) => {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const values = source.match(/^import (?!type )[^;]*from '[./a-z]*\/(?:jobs|members)\/[^']*'/gm);
  expect(values).toBeNull();
});

const shipped = globSync('{src,commands,simulator,scripts}/**/*.{ts,tsx}', { cwd: ROOT });

test('nothing but its own tests takes anything from the benchmark', () => {
  const taking = shipped.filter((file) =>
    /from '[./]*\/bench\//.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  expect(shipped.length).toBeGreaterThan(100);
  expect(taking).toEqual([]);
});
