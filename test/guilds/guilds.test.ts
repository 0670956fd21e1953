import { describe, expect, it } from 'vitest';
import { Guilds } from '../../src/guilds/guilds.ts';
import { NO_RULES } from '../../src/guilds/rules.ts';
import { openStores } from '../store/temp-stores.ts';

describe('what a server’s managers have set', () => {
  it('is nothing at first', async () => {
    expect(await new Guilds(openStores().guilds).of('20')).toEqual(NO_RULES);
  });

  it('is kept, for this server alone', async () => {
    const stores = openStores();
    const set = { ...NO_RULES, channels: ['30'], more: { '40': { day: { videos: 5 } } } };
    expect(await new Guilds(stores.guilds).change('20', () => set)).toEqual(set);
    const later = new Guilds(stores.guilds);
    expect(await later.of('20')).toEqual(set);
    expect(await later.of('21')).toEqual(NO_RULES);
  });

  it('loses no change of two at once', async () => {
    const guilds = new Guilds(openStores().guilds);
    const block = (who: string) =>
      guilds.change('20', (rules) => ({ ...rules, blocked: [...rules.blocked, who] }));
    await Promise.all(['1', '2', '3'].map(block));
    expect((await guilds.of('20')).blocked).toEqual(['1', '2', '3']);
  });

  it('stays as it was where a change is refused', async () => {
    const guilds = new Guilds(openStores().guilds);
    const refused = guilds.change('20', () => {
      throw new Error('Too many');
    });
    await expect(refused).rejects.toThrow('Too many');
    expect(await guilds.of('20')).toEqual(NO_RULES);
  });

  it('is not guessed at where it can’t be understood', async () => {
    const { guilds: store } = openStores();
    await store.set('20', { channels: 'rubbish' });
    await expect(new Guilds(store).of('20')).rejects.toThrow();
  });

  it('lets nobody in where the store does not answer', async () => {
    const stores = openStores();
    const guilds = new Guilds(stores.guilds);
    await stores.close();
    await expect(guilds.of('20')).rejects.toThrow();
    await expect(guilds.change('20', (rules) => rules)).rejects.toThrow();
  });
});
