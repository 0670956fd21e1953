import { afterAll, describe, expect, it } from 'vitest';
import type { Account, Book, Hold } from '../../src/jobs/book.ts';
import { aJob, NOON } from '../jobs/a-job.ts';
import { closeKinds, KINDS } from './kinds.ts';

afterAll(closeKinds);

const DAY = '2026-11-22';
const MONTH = '2026-11';

function aHold(changes: Partial<Hold> = {}): Hold {
  return {
    id: '1',
    guildId: '20',
    memberId: '900',
    createdAt: NOON,
    rank: 0,
    stage: 'line',
    videos: 1,
    credits: 40,
    expected: 40,
    spentAt: NOON,
    ...changes,
  };
}

function accounts(guildId: string, memberId: string, span = DAY): Account[] {
  return [{ guildId, memberId, span }];
}

/** Puts a hold in, whatever stood there. */
function put(book: Book, hold: Hold): Promise<void> {
  const about = { id: hold.id, members: [], accounts: [] };
  return book.change(about, () => ({ result: undefined, hold }));
}

/** What is seen of a job and of some members. */
function look(book: Book, id: string, members: string[] = []) {
  return book.change({ id, members, accounts: [] }, ({ hold, own, line }) => ({
    result: { hold, own, line: line() },
  }));
}

describe.each(KINDS)('the books of the %s store', (_kind, openKind) => {
  it('tell what waits in line, and since when', async () => {
    const { book } = await openKind();
    expect(await book.waiting()).toEqual({ jobs: 0, since: undefined });
    await put(book, aHold({ id: '1', createdAt: NOON + 1 }));
    await put(book, aHold({ id: '2' }));
    await put(book, aHold({ id: '3', createdAt: NOON - 1, stage: 'running' }));
    await put(book, aHold({ id: '4', createdAt: NOON - 1, stage: 'over' }));
    expect(await book.waiting()).toEqual({ jobs: 2, since: NOON });
  });

  it('give a hold as it was put in, to another process too', async () => {
    const { book, another } = await openKind();
    const hold = aHold({
      madeFrom: '5',
      allowed: { server: { day: { credits: 100 } }, member: {} },
      draft: aJob({ isDraft: true }),
      isBlind: true,
      refusedAt: NOON,
      credits: 0.5,
    });
    await put(book, hold);
    for (const one of [book, (await another()).book]) {
      expect((await look(one, '1')).hold).toEqual(hold);
      expect((await look(one, '2')).hold).toBeUndefined();
    }
  });

  it('give what the decision gave, and change nothing where it names nothing', async () => {
    const { book } = await openKind();
    await put(book, aHold());
    const about = { id: '1', members: [], accounts: [] };
    expect(await book.change(about, ({ hold }) => ({ result: hold?.credits }))).toBe(40);
    expect((await look(book, '1')).hold).toEqual(aHold());
    expect(await book.spent(accounts('', ''))).toEqual({ videos: 1, credits: 40 });
  });

  describe('the sums', () => {
    it('are those of the server, of the member, of the member there and of all', async () => {
      const { book } = await openKind();
      await put(book, aHold());
      await put(book, aHold({ id: '2', memberId: '901', credits: 5 }));
      await put(book, aHold({ id: '3', guildId: '', credits: 7 }));
      for (const span of [DAY, MONTH]) {
        const of = (guild: string, member: string) => book.spent(accounts(guild, member, span));
        expect(await of('', '')).toEqual({ videos: 3, credits: 52 });
        expect(await of('20', '')).toEqual({ videos: 2, credits: 45 });
        expect(await of('', '900')).toEqual({ videos: 2, credits: 47 });
        expect(await of('20', '900')).toEqual({ videos: 1, credits: 40 });
        expect(await of('21', '')).toEqual({ videos: 0, credits: 0 });
      }
      expect(await book.spent(accounts('', '', '2026-11-23'))).toEqual({ videos: 0, credits: 0 });
    });

    it('of several accounts are one', async () => {
      const { book } = await openKind();
      await put(book, aHold());
      await put(book, aHold({ id: '2', memberId: '901', credits: 5 }));
      const both = [...accounts('', '900'), ...accounts('', '901'), ...accounts('', '902')];
      const spent = { videos: 2, credits: 45 };
      expect(await book.spent(both)).toEqual(spent);
      const about = { id: '9', members: [], accounts: both };
      expect(await book.change(about, (seen) => ({ result: seen.spent(both) }))).toEqual(spent);
      expect(await book.spent([])).toEqual({ videos: 0, credits: 0 });
    });

    it('follow a hold that changes, and one that goes', async () => {
      const { book } = await openKind();
      const sum = () => book.spent(accounts('20', '900'));
      await put(book, aHold());
      await put(book, aHold({ credits: 30.5, stage: 'running' }));
      expect(await sum()).toEqual({ videos: 1, credits: 30.5 });
      await put(book, aHold({ credits: 0, videos: 0, stage: 'over' }));
      expect(await sum()).toEqual({ videos: 0, credits: 0 });
      await put(book, aHold());
      const about = { id: '1', members: [], accounts: [] };
      await book.change(about, () => ({ result: undefined, hold: 'gone' }));
      expect(await sum()).toEqual({ videos: 0, credits: 0 });
      expect((await look(book, '1')).hold).toBeUndefined();
    });

    it('have the credits on the day on which they are spent, and the video on that of the asking', async () => {
      const { book } = await openKind();
      await put(book, aHold());
      await put(book, aHold({ spentAt: Date.parse('2026-12-01T00:00:00Z') }));
      const of = (span: string) => book.spent(accounts('', '', span));
      expect(await of(DAY)).toEqual({ videos: 1, credits: 0 });
      expect(await of(MONTH)).toEqual({ videos: 1, credits: 0 });
      expect(await of('2026-12-01')).toEqual({ videos: 0, credits: 40 });
      expect(await of('2026-12')).toEqual({ videos: 0, credits: 40 });
    });

    it('miss none of fifty changes that race in two processes', async () => {
      const kind = await openKind();
      const books = [kind.book, (await kind.another()).book];
      const seen = await Promise.all(
        Array.from({ length: 50 }, (_, index) => {
          const hold = aHold({ id: String(index), memberId: String(index % 5), credits: 1 });
          const about = { id: hold.id, members: [], accounts: accounts('', '') };
          const book = books[index % 2] ?? kind.book;
          return book.change(about, ({ spent }) => ({
            result: spent(accounts('', '')).credits,
            hold,
          }));
        }),
      );
      expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n));
      expect(await kind.book.spent(accounts('', ''))).toEqual({ videos: 50, credits: 50 });
    });
  });

  it('show the holds of the members that are asked for, and of no others', async () => {
    const { book } = await openKind();
    await put(book, aHold({ id: '1', createdAt: NOON + 1 }));
    await put(book, aHold({ id: '2', memberId: '1844', stage: 'over' }));
    await put(book, aHold({ id: '3', memberId: '901' }));
    const ids = async (...members: string[]) =>
      (await look(book, '9', members)).own.map(({ id }) => id);
    expect((await ids('900', '1844')).sort()).toEqual(['1', '2']);
    expect(await ids('902')).toEqual([]);
    expect(await ids()).toEqual([]);
  });

  it('count what runs, what of it is a guess, and what waits by its rank', async () => {
    const { book } = await openKind();
    expect((await look(book, '9')).line).toEqual({ running: 0, blind: 0, waiting: [] });
    await put(book, aHold({ id: '1', stage: 'running' }));
    await put(book, aHold({ id: '2', stage: 'running', isBlind: true }));
    await put(book, aHold({ id: '3', stage: 'over', isBlind: true }));
    for (const [id, rank] of [
      ['4', 0],
      ['5', 1],
      ['6', 1],
    ] as const) {
      await put(book, aHold({ id, rank }));
    }
    const { running, blind, waiting } = (await look(book, '9')).line;
    expect({ running, blind }).toEqual({ running: 2, blind: 1 });
    const byRank = waiting.map(({ rank, jobs }) => [rank, jobs]);
    expect(byRank.toSorted()).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('count each job once, wherever it goes', async () => {
    const { book } = await openKind();
    const counted = async () => {
      const { running, blind, waiting } = (await look(book, '9')).line;
      return { running, blind, waiting: waiting.map(({ jobs }) => jobs) };
    };
    const line = { running: 2, blind: 1, waiting: [2] };
    const running = { running: 3, blind: 1, waiting: [1] };
    const over = { running: 2, blind: 1, waiting: [1] };
    await put(book, aHold({ id: '2' }));
    await put(book, aHold({ id: '3', stage: 'running' }));
    await put(book, aHold({ id: '4', stage: 'running', isBlind: true }));
    await put(book, aHold({ id: '5', stage: 'over' }));
    for (const [changes, expected] of [
      [{}, line],
      [{ credits: 30 }, line],
      [
        { stage: 'running', isBlind: true },
        { ...running, blind: 2 },
      ],
      [{ stage: 'running' }, running],
      [{ stage: 'line' }, line],
      [{ stage: 'running' }, running],
      [{ stage: 'over' }, over],
      [{ stage: 'running' }, running],
    ] as const) {
      await put(book, aHold(changes));
      expect(await counted()).toEqual(expected);
    }
    await book.rename('900', '1844');
    await book.purge(NOON + 1, MONTH);
    expect(await counted()).toEqual(running);
    const about = { id: '1', members: [], accounts: [] };
    await book.change(about, () => ({ result: undefined, hold: 'gone' }));
    expect(await counted()).toEqual(over);
  });

  it('list the holds that are not over, the oldest first', async () => {
    const { book } = await openKind();
    await put(book, aHold({ id: '1', createdAt: NOON + 1, stage: 'running' }));
    await put(book, aHold({ id: '2' }));
    await put(book, aHold({ id: '3', stage: 'over' }));
    expect((await book.open()).map(({ id }) => id)).toEqual(['2', '1']);
  });

  describe('a member’s other name', () => {
    it('has all that they had, added to what it had already', async () => {
      const { book } = await openKind();
      await put(book, aHold({ id: '1' }));
      await put(book, aHold({ id: '2', memberId: '1844', credits: 2 }));
      await put(book, aHold({ id: '3', memberId: '901', credits: 5 }));
      await book.rename('900', '1844');
      await book.rename('900', '1844');
      for (const guild of ['', '20']) {
        for (const span of [DAY, MONTH]) {
          const of = (member: string) => book.spent(accounts(guild, member, span));
          expect(await of('1844')).toEqual({ videos: 2, credits: 42 });
          expect(await of('900')).toEqual({ videos: 0, credits: 0 });
          expect(await of('901')).toEqual({ videos: 1, credits: 5 });
        }
      }
      expect(await book.spent(accounts('20', ''))).toEqual({ videos: 3, credits: 47 });
      const { hold, own } = await look(book, '1', ['1844']);
      expect(hold).toEqual(aHold({ memberId: '1844' }));
      expect(own).toHaveLength(2);
    });

    it('has what becomes of their holds from then on', async () => {
      const { book } = await openKind();
      await put(book, aHold());
      await book.rename('900', '1844');
      const { hold } = await look(book, '1');
      if (!hold) throw new Error('The hold is gone');
      await put(book, { ...hold, videos: 0, credits: 0, stage: 'over' });
      expect(await book.spent(accounts('', '1844'))).toEqual({ videos: 0, credits: 0 });
    });
  });

  describe('a purge', () => {
    it('drops holds that are over and old, and what they counted for stays', async () => {
      const { book } = await openKind();
      await put(book, aHold({ id: '1', createdAt: NOON - 1, stage: 'over' }));
      await put(book, aHold({ id: '2', createdAt: NOON, stage: 'over' }));
      await put(book, aHold({ id: '3', createdAt: NOON - 1, stage: 'running' }));
      await book.purge(NOON, MONTH);
      const { own } = await look(book, '9', ['900']);
      expect(own.map(({ id }) => id).sort()).toEqual(['2', '3']);
      expect(await book.spent(accounts('', ''))).toEqual({ videos: 3, credits: 120 });
    });

    it('leaves one that was refused since, however long ago it was asked for', async () => {
      const { book } = await openKind();
      await put(book, aHold({ id: '1', createdAt: NOON - 2, refusedAt: NOON, stage: 'over' }));
      await put(book, aHold({ id: '2', createdAt: NOON - 2, refusedAt: NOON - 1, stage: 'over' }));
      await book.purge(NOON, MONTH);
      expect((await look(book, '9', ['900'])).own.map(({ id }) => id)).toEqual(['1']);
    });

    it('drops the days and months before its month', async () => {
      const { book } = await openKind();
      await put(book, aHold());
      const december = Date.parse('2026-12-01T00:00:00Z');
      await put(book, aHold({ id: '2', createdAt: december, spentAt: december }));
      await book.purge(0, '2026-12');
      const of = (span: string) => book.spent(accounts('', '', span));
      for (const span of [DAY, MONTH]) expect(await of(span)).toEqual({ videos: 0, credits: 0 });
      for (const span of ['2026-12', '2026-12-01']) {
        expect(await of(span)).toEqual({ videos: 1, credits: 40 });
      }
    });
  });

  it('name a server’s members by what they spent in the month, and only so many', async () => {
    const { book } = await openKind();
    const before = NOON - 86_400_000;
    await put(book, aHold({ id: '1', createdAt: before, spentAt: before }));
    await put(book, aHold({ id: '2', credits: 5 }));
    await put(book, aHold({ id: '3', memberId: '901', credits: 50 }));
    await put(book, aHold({ id: '4', memberId: '902', credits: 1 }));
    await put(book, aHold({ id: '5', memberId: '903', guildId: '21', credits: 99 }));
    await put(book, aHold({ id: '6', memberId: '904', videos: 0, credits: 0 }));
    const usage = (memberId: string, today: [number, number], month: [number, number]) => ({
      memberId,
      today: { videos: today[0], credits: today[1] },
      month: { videos: month[0], credits: month[1] },
    });
    const expected = [
      usage('901', [1, 50], [1, 50]),
      usage('900', [1, 5], [2, 45]),
      usage('902', [1, 1], [1, 1]),
    ];
    expect(await book.membersOf('20', DAY, MONTH, 25)).toEqual(expected);
    expect(await book.membersOf('20', DAY, MONTH, 2)).toEqual(expected.slice(0, 2));
    expect(await book.membersOf('22', DAY, MONTH, 25)).toEqual([]);
  });
});
