import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type FormDraft, FormDrafts } from '../../src/members/form-drafts.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { openStores, tempDir } from '../store/temp-stores.ts';
import { damage, keysIn } from './damage.ts';

const MIA = '900';
const BEN = '901';
const HOUR_MS = 3_600_000;

afterAll(closeKinds);

function aDraft(changes: Partial<FormDraft> = {}): FormDraft {
  return {
    id: '123',
    memberId: MIA,
    files: 'kept',
    given: {
      prompt: 'Ein Boot 🛶 "quoted"\n',
      files: [
        {
          name: 'a.png',
          url: 'https://cdn.example/a.png?ex=1',
          contentType: 'image/png',
          sizeBytes: 1,
          width: 10,
          height: null,
        },
      ],
      model: 'seedance-2.0',
      durationSecs: 99,
      aspectRatio: '16:9',
      resolution: '4k',
      isPrivate: true,
    },
    sourceUrl: 'https://discord.com/channels/1/2/3',
    ...changes,
  };
}

describe.each(KINDS)('in the %s store,', (_kind, openKind) => {
  async function open() {
    const stores = await openKind();
    return {
      records: stores.drafts,
      drafts: new FormDrafts(stores.drafts),
      another: async () => new FormDrafts((await stores.another()).drafts),
      close: () => stores.close(),
    };
  }

  describe('what a member has begun to ask for', () => {
    it('is kept word for word', async () => {
      const { drafts } = await open();
      await drafts.keep(aDraft());
      expect(await drafts.get('123', MIA)).toEqual(aDraft());
    });

    it('may be little', async () => {
      const { drafts } = await open();
      const little = { prompt: '', files: [], isPrivate: false };
      const draft: FormDraft = { id: '1', memberId: MIA, files: 'none', given: little };
      await drafts.keep(draft);
      expect(await drafts.get('1', MIA)).toEqual(draft);
    });

    it('is there in another process, too', async () => {
      const { drafts, another } = await open();
      await drafts.keep(aDraft());
      expect(await (await another()).get('123', MIA)).toEqual(aDraft());
    });

    it('is nobody else’s', async () => {
      const { drafts } = await open();
      await drafts.keep(aDraft());
      expect(await drafts.get('123', BEN)).toBeUndefined();
    });

    it('is not there where nobody kept it, whatever is asked for', async () => {
      const { drafts } = await open();
      await drafts.keep(aDraft());
      for (const id of ['', '124', '12', '123 ', '%', `of ${MIA}`]) {
        expect(await drafts.get(id, MIA)).toBeUndefined();
      }
    });

    it('is kept for an hour', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const { drafts } = await open();
      await drafts.keep(aDraft());
      vi.setSystemTime(Date.now() + HOUR_MS - 1);
      expect(await drafts.get('123', MIA)).toEqual(aDraft());
      vi.setSystemTime(Date.now() + 2);
      expect(await drafts.get('123', MIA)).toBeUndefined();
    });

    it.each([
      ['words', 'words'],
      ['nothing of what it should have', { memberId: MIA }],
      [
        'a file of another version',
        { ...aDraft(), given: { ...aDraft().given, files: ['a.png'] } },
      ],
      ['a hint of another version', { ...aDraft(), files: 'lost' }],
    ])('is not there where its record is %s', async (_what, record) => {
      const { drafts, records } = await open();
      await records.set('123', record);
      expect(await drafts.get('123', MIA)).toBeUndefined();
    });
  });

  describe('all of a member’s', () => {
    it('are gone once they are forgotten, and nobody else’s', async () => {
      const { drafts } = await open();
      await drafts.keep(aDraft({ id: '1' }));
      await drafts.keep(aDraft({ id: '2' }));
      await drafts.keep(aDraft({ id: '3', memberId: BEN }));
      await drafts.forget(MIA);
      expect(await drafts.get('1', MIA)).toBeUndefined();
      expect(await drafts.get('2', MIA)).toBeUndefined();
      expect(await drafts.get('3', BEN)).toBeDefined();
    });

    it('are gone when they are forgotten, though they were kept at the same time, by two processes', async () => {
      const { drafts, another } = await open();
      const both = [drafts, await another()];
      const ids = Array.from({ length: 20 }, (_, index) => String(index));
      await Promise.all(ids.map((id, index) => both[index % 2]?.keep(aDraft({ id }))));
      await drafts.forget(MIA);
      for (const id of ids) expect(await drafts.get(id, MIA)).toBeUndefined();
    });

    it('are gone though one was just being kept', async () => {
      const { drafts } = await open();
      await Promise.all([drafts.keep(aDraft()), drafts.forget(MIA)]);
      expect(await drafts.get('123', MIA)).toBeUndefined();
    });

    it('are kept whatever their list had become', async () => {
      const { drafts, records } = await open();
      await records.set(`of ${MIA}`, { not: 'a list' });
      await drafts.keep(aDraft());
      expect(await drafts.get('123', MIA)).toEqual(aDraft());
      await drafts.forget(MIA);
      expect(await drafts.get('123', MIA)).toBeUndefined();
    });
  });

  it('a store that fails is told to who keeps, reads or forgets', async () => {
    const { drafts, close } = await open();
    await close();
    await expect(drafts.keep(aDraft())).rejects.toThrow();
    await expect(drafts.get('123', MIA)).rejects.toThrow();
    await expect(drafts.forget(MIA)).rejects.toThrow();
  });
});

/** In a folder that may be opened again. */
function openIn(dir = tempDir()) {
  const stores = openStores(dir);
  return {
    dir,
    drafts: new FormDrafts(stores.drafts),
    close: () => stores.close(),
  };
}

it('all of a member’s leave no word behind', async () => {
  const { drafts, dir, close } = openIn();
  await drafts.keep(aDraft({ id: '1' }));
  await drafts.keep(aDraft({ id: '2' }));
  await drafts.forget(MIA);
  await close();
  expect(keysIn(dir, 'drafts')).toEqual([]);
});

it('records that can’t be read at all are told to who reads them, and harm no other member', async () => {
  const first = openIn();
  await first.drafts.keep(aDraft());
  await first.close();
  damage(first.dir, 'drafts');
  const { drafts } = openIn(first.dir);
  await expect(drafts.get('123', MIA)).rejects.toThrow();
  await drafts.keep(aDraft({ id: '124', memberId: BEN }));
  expect(await drafts.get('124', BEN)).toBeDefined();
});
