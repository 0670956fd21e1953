import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Writes something that no version of the bot wrote under each key of a closed store's namespace. */
export function damage(dataDir: string, namespace: 'drafts' | 'preferences'): void {
  const db = new DatabaseSync(join(dataDir, 'bot.sqlite'));
  db.prepare(`UPDATE ${namespace} SET value = ?`).run('{"value":{"mod');
  db.close();
}

/** The keys that a closed store's namespace has. */
export function keysIn(dataDir: string, namespace: 'drafts' | 'preferences'): unknown[] {
  const db = new DatabaseSync(join(dataDir, 'bot.sqlite'));
  const keys = db.prepare(`SELECT key FROM ${namespace}`).all();
  db.close();
  return keys.map(({ key }) => key);
}
