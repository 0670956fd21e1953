import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What `npm start` gives Node: its flags, what is loaded before, and the program; files by their whole paths. */
export function startWords(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [, ...words] = String(scripts.start).split(' ');
  return words.map((word) => (/\.[jt]s$/.test(word) ? join(ROOT, word) : word));
}
