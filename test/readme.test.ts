import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../src/config.ts';
import { Metrics } from '../src/metrics.ts';
import { QUIET } from './readings.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');

/** What src/config.ts knows, by its own text, since what has no default shows nowhere else. */
const [schema = ''] = /const environment = z[\s\S]*?^ {2}\}\)/m.exec(read('src/config.ts')) ?? [];
const names = [...schema.matchAll(/^ {4}([A-Z][A-Z_]+):/gm)].map(([, name]) => name);

const REQUIRED = { DISCORD_TOKEN: 'token', SEEDANCE_API_KEY: 'key' };

/** Each setting with its default: '' for those that have none. */
function knownDefaults(): Map<string, string> {
  const { allowed, limits, pace, ...settings } = readSettings(REQUIRED);
  const defaults = new Map(Object.entries(settings).map(([name, value]) => [name, String(value)]));
  for (const name of defaults.keys()) expect(names).toContain(name);
  return new Map(
    names.map((name = '') => [name, name in REQUIRED ? '' : (defaults.get(name) ?? '')]),
  );
}

/** The rows of the README's table under a heading, as cells. */
function tableUnder(heading: string): string[][] {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the README’s table has every setting with its default, and no other', () => {
  const rows = tableUnder('Settings').map(([name = '', value = '']) => [
    name.replaceAll('`', ''),
    value === 'required' ? '' : value.replaceAll('`', ''),
  ]);
  expect(rows).toEqual([...knownDefaults()]);
  const required = tableUnder('Settings').filter(([, value]) => value === 'required');
  expect(required.map(([name]) => name)).toEqual(
    Object.keys(REQUIRED).map((name) => `\`${name}\``),
  );
  for (const [name, , words] of tableUnder('Settings')) expect(words, name).toMatch(/^[A-Z].+\.$/);
});

test('.env.example has every setting with its default, and sets none but the required ones', () => {
  const lines = [...read('.env.example').matchAll(/^(# )?([A-Z][A-Z_]+)=(.*)$/gm)];
  expect(lines.map(([, , name, value]) => [name, value])).toEqual([...knownDefaults()]);
  const set = lines.filter(([, comment]) => comment === undefined).map(([, , name]) => name);
  expect(set).toEqual(Object.keys(REQUIRED));
});

test('the README begins with what it is and the two commands', () => {
  const opening = readme.split('\n## Go live\n')[0];
  expect(opening).toContain('not affiliated with ByteDance');
  expect(opening).toMatch(/^npm ci && npm run demo\b/m);
  expect(opening).toMatch(/^npm ci && npm test\b/m);
});

test('every npm script that the README names exists, and CI runs the README’s', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )[a-z-]+)/g)];
  expect(new Set(named.map(([, script]) => script))).toEqual(
    new Set(['demo', 'test', 'doctor', 'start', 'check', 'fix', 'screenshots', 'bench']),
  );
  for (const [, script = ''] of named) expect(scripts).toHaveProperty(script);
  const steps = [...read('.ci/run').matchAll(/^step (npm .+)$/gm)].map(([, command]) => command);
  expect(steps).toEqual([
    ...['npm ci', 'npm run check', 'npm test'],
    ...['npm run demo -- --once', 'npm run bench -- --short'],
  ]);
});

test('what the README says the log says, the bot does say', () => {
  const source = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => read(join('src', path)))
    .join('\n');
  const rows = tableUnder('When something fails');
  const quotes = rows.flatMap(([said = '']) => [...said.matchAll(/`([^`]+)`/g)]);
  expect(quotes.length).toBeGreaterThanOrEqual(rows.length);
  for (const [, quote = ''] of quotes) expect(source).toContain(quote);
});

test('the README’s table has every metric, and no other', async () => {
  const { text } = await new Metrics(Date.now).exposition(QUIET);
  const names = [...text.matchAll(/^# TYPE (seedance_bot_\w+)/gm)].map(([, name]) => name);
  const rows = tableUnder('Metrics');
  expect(rows.map(([name]) => name)).toEqual(names.map((name) => `\`${name}\``));
});

test('the folders and files that the README names are there', () => {
  for (const [cell = ''] of tableUnder('How it works')) {
    for (const [, path = ''] of cell.matchAll(/`([^`]+)`/g)) {
      const parent = readdirSync(join(root, path, '..'));
      expect(parent, path).toContain(path.replace(/\/$/, '').split('/').at(-1));
    }
  }
});

test('the README’s pictures are there, are what their names say, and are light', () => {
  const pictures = [...readme.matchAll(/<img [^>]*src="([^"]+)"[^>]*>/g)];
  expect(pictures.length).toBeGreaterThanOrEqual(3);
  for (const [tag, path = ''] of pictures) {
    const bytes = readFileSync(join(root, path));
    const start = path.endsWith('.svg') ? '<svg' : '\x89PNG';
    expect(bytes.subarray(0, 4).toString('latin1'), path).toBe(start);
    expect(bytes.length, path).toBeLessThan(300_000);
    expect(tag, path).toMatch(/alt="[^"]{10,}"/);
  }
});
