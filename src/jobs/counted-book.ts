import type { Book } from './book.ts';
import type { Meter } from './ports.ts';

/** The same book, and each time that it does not answer is counted. */
export function countedBook(book: Book, meter: Meter): Book {
  async function counted<Answer>(asked: Promise<Answer>): Promise<Answer> {
    try {
      return await asked;
    } catch (error) {
      meter.failed('store', 'book');
      throw error;
    }
  }
  return {
    change: (about, decide) => counted(book.change(about, decide)),
    spent: (accounts) => counted(book.spent(accounts)),
    waiting: () => counted(book.waiting()),
    membersOf: (guildId, day, month, most) => counted(book.membersOf(guildId, day, month, most)),
    open: () => counted(book.open()),
    rename: (memberId, name) => counted(book.rename(memberId, name)),
    purge: (before, month) => counted(book.purge(before, month)),
  };
}
