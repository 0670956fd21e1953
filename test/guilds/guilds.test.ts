import { afterAll, describe, expect, it } from 'vitest';
import { Guilds } from '../../src/guilds/guilds.ts';
import { NO_RULES } from '../../src/guilds/rules.ts';
import { closeKinds, KINDS } from '../store/kinds.ts';

afterAll(closeKinds);

describe.each(KINDS)('what a server’s managers have set, in the %s store', (_kind, openKind) => {
  async function open() {
    const stores = await openKind();
    const another = async () => new Guilds((await stores.another()).guilds);
    return { stores, guilds: new Guilds(stores.guilds), another };
  }

  it('is nothing at first', async () => {
    const { guilds } = await open();
    expect(await guilds.of('20')).toEqual(NO_RULES);
  });

  it('is kept, for this server alone', async () => {
    const { guilds, another } = await open();
    const set = { ...NO_RULES, channels: ['30'], more: { '40': { day: { videos: 5 } } } };
    expect(await guilds.change('20', () => set)).toEqual(set);
    const later = await another();
    expect(await later.of('20')).toEqual(set);
    expect(await later.of('21')).toEqual(NO_RULES);
  });

  it('loses none of many changes at once, in two processes', async () => {
    const { guilds, another } = await open();
    const both = [guilds, await another()];
    const block = (who: string, index: number) =>
      both[index % 2]?.change('20', (rules) => ({ ...rules, blocked: [...rules.blocked, who] }));
    const all = Array.from({ length: 20 }, (_, index) => String(index));
    await Promise.all(all.map(block));
    expect((await guilds.of('20')).blocked.toSorted()).toEqual(all.toSorted());
  });

  it('stays as it was where a change is refused', async () => {
    const { guilds } = await open();
    const refused = guilds.change('20', () => {
      throw new Error('Too many');
    });
    await expect(refused).rejects.toThrow('Too many');
    expect(await guilds.of('20')).toEqual(NO_RULES);
  });

  it('is not guessed at where it can’t be understood', async () => {
    const { guilds, stores } = await open();
    await stores.guilds.set('20', { channels: 'rubbish' });
    await expect(guilds.of('20')).rejects.toThrow();
  });

  it('lets nobody in where the store does not answer', async () => {
    const { guilds, stores } = await open();
    await stores.close();
    await expect(guilds.of('20')).rejects.toThrow();
    await expect(guilds.change('20', (rules) => rules)).rejects.toThrow();
  });
});
