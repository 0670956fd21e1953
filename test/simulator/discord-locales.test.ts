import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, startDiscord } from '../../simulator/discord/discord.ts';
import { call } from './discord-http.ts';
import { listen } from './discord-listener.ts';

let discord: Discord;

beforeEach(async () => {
  discord = await startDiscord();
});

afterEach(() => discord.close());

const path = () => `/applications/${discord.applicationId}/commands`;
const put = (...commands: object[]) => call(discord, 'PUT', path(), commands);
const option = (name: string, rest = {}) => ({ type: 3, name, description: name, ...rest });
const command = (rest = {}) => ({ name: 'video', description: 'Make a video', ...rest });
const names = (texts: Record<string, string>) => ({ name_localizations: texts });
const descriptions = (texts: Record<string, string>) => ({ description_localizations: texts });

describe('a registration with languages is refused', () => {
  it.each([
    ['for an unknown locale', command(names({ xx: 'film' }))],
    ['for one of the language alone', command(descriptions({ zh: '影片' }))],
    ['for an unknown locale of an option', withOptions(option('a', names({ en: 'b' })))],
    ['for a name in capitals', command(names({ de: 'Film' }))],
    ['for a name with a space', command(names({ fr: 'ma video' }))],
    ['for a name over 32', command(names({ ja: '動'.repeat(33) }))],
    ['for an option name in capitals', withOptions(option('a', names({ el: 'Ω' })))],
    ['for an empty description', command(descriptions({ ja: '' }))],
    ['for a description over 100', command(descriptions({ ja: '動'.repeat(101) }))],
    ['for a choice name over 100', withChoice({ ...names({ ja: '動'.repeat(101) }) })],
    ['for an unknown locale of a choice', withChoice(names({ jp: '動' }))],
    [
      'for two options of one name in a locale',
      withOptions(option('a', names({ ja: '長' })), option('b', names({ ja: '長' }))),
    ],
    ['for the default name of another', withOptions(option('a', names({ ja: 'b' })), option('b'))],
    ['for a message command with a description', { type: 3, name: 'Animate', description: 'no' }],
    ['for a message command name over 32', { type: 3, name: 'a'.repeat(33) }],
    ['for a message command in an unknown locale', { type: 3, name: 'A', ...names({ xx: 'b' }) }],
  ])('%s', async (_name, asked) => {
    expect(await put(asked)).toMatchObject({ status: 400, code: 50035 });
    expect(discord.state.violations).toHaveLength(1);
  });

  // A command of 17 characters with 20 options of 3 + 100 + 3 × (99 + 1) in Japanese has 8077.
  it('when the longest languages of all fields exceed 8000 characters together', async () => {
    const choices = ['x', 'y', 'z'].map((value) => ({
      name: value,
      value,
      ...names({ ja: '動'.repeat(99), de: 'd'.repeat(98) }),
    }));
    const options = (count: number) =>
      Array.from({ length: count }, (_, n) =>
        option(`o${n + 10}`, { choices, ...descriptions({ ja: '動'.repeat(100), de: 'd' }) }),
      );
    expect((await put(command({ options: options(19) }))).status).toBe(200);
    expect(await put(command({ options: options(20) }))).toMatchObject({ code: 50035 });
    expect(discord.state.violations.join()).toContain('8000');
  });
});

describe('commands in languages', () => {
  const whole = command({
    ...names({ ja: '動画', 'zh-TW': '影片' }),
    ...descriptions({ ja: '動画を作ります', 'es-ES': 'Haz un vídeo' }),
    options: [
      option('model', {
        ...names({ ja: 'モデル' }),
        ...descriptions({ 'pt-BR': 'Modelo' }),
        required: true,
        choices: [{ name: 'Fast', value: 'fast', ...names({ ja: '高速' }) }],
      }),
      { type: 4, name: 'duration', description: 'Seconds', autocomplete: true },
    ],
  });
  const animate = { type: 3, name: 'Animate this', ...names({ ja: '動かす' }) };

  it('come back whole only when asked', async () => {
    await put(whole, animate);
    const plain = JSON.stringify((await call(discord, 'GET', path())).body);
    expect(plain).not.toMatch(/_localizations|モデル|高速|動かす/);
    const full = await call(discord, 'GET', `${path()}?with_localizations=true`);
    for (const words of ['動画を作ります', 'モデル', 'Modelo', '高速', '動かす']) {
      expect(JSON.stringify(full.body)).toContain(words);
    }
    expect(discord.state.violations).toEqual([]);
  });

  it('come back in the language of the bot, without the dictionaries', async () => {
    await put(command(names({ 'en-US': 'clip', de: 'film' })));
    const [stored] = Object.values((await call(discord, 'GET', path())).body);
    expect(stored).toMatchObject({ name: 'video', name_localized: 'clip' });
  });

  it('are read by members in theirs', async () => {
    await put(whole, animate);
    const [video, menu] = discord.member({ locale: 'ja' }).commands();
    expect(video).toEqual({
      type: 1,
      name: 'video',
      shownName: '動画',
      description: '動画を作ります',
      options: [
        {
          name: 'model',
          type: 3,
          shownName: 'モデル',
          description: 'model',
          required: true,
          autocomplete: false,
          choices: [{ shownName: '高速', value: 'fast' }],
        },
        {
          name: 'duration',
          type: 4,
          shownName: 'duration',
          description: 'Seconds',
          required: false,
          autocomplete: true,
          choices: [],
        },
      ],
    });
    expect(menu).toMatchObject({ type: 3, name: 'Animate this', shownName: '動かす' });
    const seen = (locale: string) => discord.member({ locale }).commands()[0];
    expect(seen('es-419')?.description).toBe('Haz un vídeo');
    expect(seen('de')).toMatchObject({ shownName: 'video', description: 'Make a video' });
  });

  it('are called by their default names, with the locale of the member', async () => {
    await put(whole);
    const next = await listen(discord);
    await discord.member({ locale: 'pt-BR' }).slash('video', { model: 'fast' });
    expect(await next()).toMatchObject({
      locale: 'pt-BR',
      guild_locale: 'en-US',
      data: { name: 'video', options: [{ name: 'model', value: 'fast' }] },
    });
  });

  it('are offered where they may be used', async () => {
    await put(command({ contexts: [0] }), { ...animate, contexts: [0, 1] });
    const mia = discord.member();
    const { channelId } = discord.dmOf(mia);
    expect(mia.commands().map(({ name }) => name)).toEqual(['video', 'Animate this']);
    expect(mia.commands({ channelId }).map(({ name }) => name)).toEqual(['Animate this']);
  });
});

function withOptions(...options: object[]) {
  return command({ options });
}

function withChoice(rest: object) {
  return withOptions(option('a', { choices: [{ name: 'a', value: 'a', ...rest }] }));
}
