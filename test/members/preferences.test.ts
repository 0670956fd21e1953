import { afterAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { PreferenceStore, type Preferences } from '../../src/members/preferences.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';
import { openStores, tempDir } from '../store/temp-stores.ts';
import { damage, keysIn } from './damage.ts';

const MIA = '900';
const BEN = '901';
const log = createLog({ level: 'silent', secrets: [] });
const ALL: Preferences = {
  model: 'seedance-1.5-pro',
  durationSecs: 10,
  aspectRatio: '9:16',
  resolution: '480p',
  locale: 'ja',
  wantsPing: false,
};

afterAll(closeKinds);

describe.each(KINDS)('in the %s store,', (_kind, openKind) => {
  async function open() {
    const stores = await openKind();
    const storeOf = (some: typeof stores) => new PreferenceStore(some.preferences, log);
    return {
      records: stores.preferences,
      preferences: storeOf(stores),
      another: async () => storeOf(await stores.another()),
      close: () => stores.close(),
    };
  }

  describe('what a member has set', () => {
    it('is nothing at first, but to be pinged', async () => {
      const { preferences } = await open();
      expect(await preferences.of(MIA)).toEqual({ wantsPing: true });
    });

    it('is kept, and told as it is now', async () => {
      const { preferences } = await open();
      expect(await preferences.change(MIA, ALL)).toEqual(ALL);
      expect(await preferences.of(MIA)).toEqual(ALL);
    });

    it('is there in another process, too', async () => {
      const { preferences, another } = await open();
      await preferences.change(MIA, ALL);
      expect(await (await another()).of(MIA)).toEqual(ALL);
    });

    it('stays where something else is changed', async () => {
      const { preferences } = await open();
      await preferences.change(MIA, ALL);
      expect(await preferences.change(MIA, { durationSecs: 5 })).toEqual({
        ...ALL,
        durationSecs: 5,
      });
      expect(await preferences.of(MIA)).toEqual({ ...ALL, durationSecs: 5 });
    });

    it('can be taken back, one thing by itself', async () => {
      const { preferences } = await open();
      await preferences.change(MIA, ALL);
      await preferences.change(MIA, { model: undefined });
      const { model: _model, ...others } = ALL;
      expect(await preferences.of(MIA)).toEqual(others);
    });

    it('is changed by all of many changes at once, in two processes', async () => {
      const { preferences, another } = await open();
      const other = await another();
      await Promise.all([
        preferences.change(MIA, { model: ALL.model }),
        other.change(MIA, { durationSecs: ALL.durationSecs }),
        preferences.change(BEN, { wantsPing: false }),
        other.change(MIA, { aspectRatio: ALL.aspectRatio, resolution: ALL.resolution }),
        preferences.change(MIA, { locale: ALL.locale }),
        preferences.change(MIA, { wantsPing: ALL.wantsPing }),
      ]);
      expect(await preferences.of(MIA)).toEqual(ALL);
      expect(await preferences.of(BEN)).toEqual({ wantsPing: false });
    });

    it('is gone once it is forgotten, and nobody else’s', async () => {
      const { preferences } = await open();
      await preferences.change(MIA, ALL);
      await preferences.change(BEN, ALL);
      await preferences.forget(MIA);
      expect(await preferences.of(MIA)).toEqual({ wantsPing: true });
      expect(await preferences.of(BEN)).toEqual(ALL);
    });

    it('does not come back by a change that was begun before it was forgotten', async () => {
      const { preferences } = await open();
      await Promise.all([preferences.change(MIA, ALL), preferences.forget(MIA)]);
      expect(await preferences.of(MIA)).toEqual({ wantsPing: true });
    });
  });

  describe('a record that is not what it should be', () => {
    it.each([
      ['a model of another version', { ...ALL, model: 'seedance-9' }, { ...ALL, model: undefined }],
      ['half a second', { ...ALL, durationSecs: 4.5 }, { ...ALL, durationSecs: undefined }],
      ['no shape', { ...ALL, aspectRatio: 'round' }, { ...ALL, aspectRatio: undefined }],
      ['another language', { ...ALL, locale: 'tlh' }, { ...ALL, locale: undefined }],
      ['no word on pings', { model: ALL.model }, { model: ALL.model, wantsPing: true }],
      ['another word on pings', { ...ALL, wantsPing: 'yes' }, { ...ALL, wantsPing: true }],
    ])('with %s is nothing of that, and all of the rest', async (_what, record, known) => {
      const { preferences, records } = await open();
      await records.set(MIA, record);
      expect(await preferences.of(MIA)).toEqual(known);
    });

    it.each([['words'], [17], [null], [[]]])(
      'such as %j is none, and can be set anew',
      async (record) => {
        const { preferences, records } = await open();
        await records.set(MIA, record);
        expect(await preferences.of(MIA)).toEqual({ wantsPing: true });
        expect(await preferences.change(MIA, ALL)).toEqual(ALL);
        expect(await preferences.of(MIA)).toEqual(ALL);
      },
    );
  });

  describe('a store that fails', () => {
    it('serves a member as one who has set nothing', async () => {
      const { preferences, close } = await open();
      await preferences.change(MIA, ALL);
      await close();
      expect(await preferences.of(MIA)).toEqual({ wantsPing: true });
    });

    it('is told to who changes or forgets something, and keeps nobody else waiting', async () => {
      const { preferences, close } = await open();
      await close();
      await expect(preferences.change(MIA, ALL)).rejects.toThrow();
      await expect(preferences.forget(MIA)).rejects.toThrow();
      await expect(preferences.change(BEN, ALL)).rejects.toThrow();
    });
  });
});

/** In a folder that may be opened again. */
function openIn(dir = tempDir()) {
  const stores = openStores(dir);
  return {
    dir,
    preferences: new PreferenceStore(stores.preferences, log),
    close: () => stores.close(),
  };
}

describe('a record that can’t be read at all', () => {
  async function damaged() {
    const first = openIn();
    await first.preferences.change(MIA, ALL);
    await first.close();
    damage(first.dir, 'preferences');
    return openIn(first.dir);
  }

  it('is none, and is not written over: the store may be to blame', async () => {
    const { preferences } = await damaged();
    expect(await preferences.of(MIA)).toEqual({ wantsPing: true });
    await expect(preferences.change(MIA, { wantsPing: false })).rejects.toThrow();
    expect(await preferences.change(BEN, ALL)).toEqual(ALL);
  });

  it('can be forgotten', async () => {
    const { preferences, dir, close } = await damaged();
    await preferences.forget(MIA);
    expect(await preferences.change(MIA, ALL)).toEqual(ALL);
    await preferences.forget(MIA);
    await close();
    expect(keysIn(dir, 'preferences')).toEqual([]);
  });
});
