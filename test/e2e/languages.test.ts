import { describe, expect, test } from 'vitest';
import type { SimMessage } from '../../simulator/discord/discord.ts';
import {
  finishedVideo,
  labels,
  movableClock,
  newCard,
  press,
  privateAnswer,
} from './conversation.ts';
import { listOf } from './video-list.ts';
import {
  askAndHold,
  askForVideo,
  restartAfterFailure,
  shareWorld,
  shows,
  startWorld,
  type World,
} from './world.ts';

const shared = shareWorld({
  settings: {
    DAILY_VIDEOS_PER_MEMBER: '12345',
    DAILY_CREDITS: '1000000000',
    SEEDANCE_MAX_CONCURRENT: '100',
  },
  seedance: { price: () => 12_345 },
});
restartAfterFailure(shared);

/** As Discord calls the languages that are translated to. */
const TRANSLATED = ['zh-CN', 'zh-TW', 'ja', 'es-ES', 'pt-BR'];

/** The commands as someone of that language finds them. */
function commandsIn({ discord }: World, locale: string) {
  return discord.member({ locale }).commands();
}

/** Every word of the commands, by what it is. */
function wordsOf(world: World, locale: string) {
  const commands = commandsIn(world, locale);
  const options = commands.flatMap((command) => command.options);
  return {
    names: [...commands, ...options].map(({ shownName }) => shownName),
    descriptions: [...commands, ...options].map(({ description }) => description),
    choices: options.flatMap(({ choices }) => choices.map(({ shownName }) => shownName)),
  };
}

describe('the commands', () => {
  test.each([
    ['zh-CN', '视频', '横屏 16:9'],
    ['zh-TW', '影片', '橫式 16:9'],
    ['ja', '動画', '横長 16:9'],
    ['es-ES', 'video', 'Horizontal 16:9'],
    ['pt-BR', 'vídeo', 'Horizontal 16:9'],
  ])('are in the language of who types: %s', (locale, name, shape) => {
    const world = shared();
    const english = wordsOf(world, 'en-US');
    const own = wordsOf(world, locale);
    expect(own.names).toContain(name);
    expect(own.choices).toContain(shape);
    expect(own.names).toHaveLength(english.names.length);
    const same = own.descriptions.filter((text) => text && english.descriptions.includes(text));
    expect(same).toEqual([]);
  });

  test.each([
    ['en-GB', 'en-US'],
    ['de', 'en-US'],
    ['es-419', 'es-ES'],
  ])('are for %s as for %s', (locale, other) => {
    const world = shared();
    expect(commandsIn(world, locale)).toEqual(commandsIn(world, other));
  });

  test('offer the lengths in it too', async () => {
    const { discord } = shared();
    const member = discord.member({ locale: 'ja' });
    const offered = await member.autocomplete('video', 'duration', { duration: '4' });
    expect(offered).toEqual([{ name: '4 秒', value: 4 }]);
  });
});

describe('a card', () => {
  test.each([
    ['en-US', 'Making your video', ['Remix', 'Again', 'More']],
    ['en-GB', 'Making your video', ['Remix', 'Again', 'More']],
    ['de', 'Making your video', ['Remix', 'Again', 'More']],
    ['zh-CN', '正在制作你的视频', ['改编', '再来一个', '更多']],
    ['zh-TW', '正在製作你的影片', ['改編', '再做一次', '更多']],
    ['ja', '動画を作成しています', ['リミックス', 'もう一度作る', '詳細']],
    ['es-ES', 'Creando tu video', ['Remezclar', 'Otra vez', 'Más']],
    ['es-419', 'Creando tu video', ['Remezclar', 'Otra vez', 'Más']],
    ['pt-BR', 'Criando seu vídeo', ['Remixar', 'De novo', 'Mais']],
  ])('is in the language of who asked: %s', async (locale, making, buttons) => {
    const world = shared();
    const { card } = await askAndHold(world, {}, world.discord.member({ locale }));
    expect(card.text()).toContain(making);
    world.seedance.release();
    await world.discord.waitFor(() => card.video());
    expect(labels(card)).toEqual(buttons);
  });

  test('that failed says so in Japanese', async () => {
    const world = shared();
    world.seedance.nextEnd({ status: 'failed' });
    const member = world.discord.member({ locale: 'ja' });
    const { card } = await askForVideo(world, {}, member);
    await shows(world, card, 'Seedance が応答していません');
    expect(card.text()).toContain('プロンプトに問題はありません。');
    expect(labels(card)).toEqual(['再試行', '編集', '詳細']);
  });

  test('stays in it over a restart, whoever presses', async () => {
    const world = shared();
    const { card } = await askAndHold(world, {}, world.discord.member({ locale: 'zh-TW' }));
    await press(world, world.discord.member({ locale: 'pt-BR' }), card, '取消');
    await world.bot.kill();
    await world.bot.startAndConnect();
    world.seedance.release();
    await world.discord.waitFor(() => card.video());
    expect(labels(card)).toEqual(['改編', '再做一次', '更多']);
  });

  test('made on another’s is in the language of who made it', async () => {
    const world = shared();
    const { card } = await finishedIn(world, 'ja');
    const reader = world.discord.member({ locale: 'es-419' });
    const again = await newCard(await press(world, reader, card, 'もう一度作る'));
    await shows(world, again, 'Generado con IA');
    const remix = await press(world, reader, card, 'リミックス');
    expect((await remix.form()).title).toBe('Remezclar');
    const remixed = await newCard(await reader.submitModal(remix, { prompt: 'Otro barco' }));
    await shows(world, remixed, 'Generado con IA');
  });
});

async function finishedIn(world: World, locale: string) {
  const job = await askForVideo(world, {}, world.discord.member({ locale }));
  await world.discord.waitFor(() => job.card.video());
  return job;
}

describe('what one member alone reads is in their own language', () => {
  async function readsIn(world: World, card: SimMessage, locale: string, label: string) {
    const reader = world.discord.member({ locale });
    return (await privateAnswer(world, await press(world, reader, card, label))).text();
  }

  test.each([
    ['en-US', 'About this video'],
    ['de', 'About this video'],
    ['zh-CN', '关于这个视频'],
    ['zh-TW', '關於這部影片'],
    ['es-419', 'Sobre este video'],
    ['pt-BR', 'Sobre este vídeo'],
  ])('More, on a Japanese card: %s', async (locale, words) => {
    const world = shared();
    const { card } = await finishedIn(world, 'ja');
    expect(await readsIn(world, card, locale, '詳細')).toContain(words);
    expect(card.text()).toContain('AI生成');
  });

  test.each([
    ['en-GB', 'Only the member who asked for this video'],
    ['zh-CN', '可以取消它'],
    ['zh-TW', '可以取消'],
    ['ja', 'キャンセルできるのは'],
    ['es-ES', 'Solo quien pidió este video'],
  ])('a Cancel that is refused, on a Brazilian card: %s', async (locale, words) => {
    const world = shared();
    const { card } = await askAndHold(world, {}, world.discord.member({ locale: 'pt-BR' }));
    expect(await readsIn(world, card, locale, 'Cancelar')).toContain(words);
    expect(card.text()).toContain('Criando seu vídeo');
  });

  test('the same button, read by many', async () => {
    const world = shared();
    const { card } = await finishedIn(world, 'en-US');
    const read = await Promise.all(
      TRANSLATED.map((locale) => readsIn(world, card, locale, 'More')),
    );
    expect(new Set(read.map((text) => text.split('\n')[0])).size).toBe(TRANSLATED.length);
  });

  test('a refusal too, with the words they wrote', async () => {
    const { discord } = shared();
    const member = discord.member({ locale: 'es-419' });
    const wrong = { prompt: 'Un barco', model: 'seedance-1.5-pro', duration: 7 };
    const answer = await privateAnswer(shared(), await member.slash('video', wrong));
    expect(answer.text()).toContain('Seedance 1.5 Pro hace 5 o 10 segundos.');
    expect(answer.text()).toContain('Un barco');
  });
});

describe('numbers', () => {
  test.each([
    ['en-US', '12,345 videos left today', '12,345 credits'],
    ['zh-CN', '12,345', '12,345积分'],
    ['ja', '12,345', '12,345 クレジット'],
    ['es-ES', 'te quedan 12.345 videos hoy', '12.345 créditos'],
    ['es-419', 'te quedan 12.345 videos hoy', '12.345 créditos'],
    ['pt-BR', 'restam 12.345 vídeos hoje', '12.345 créditos'],
  ])('are written as it is done in %s', async (locale, left, credits) => {
    const world = shared();
    const member = world.discord.member({ locale });
    expect((await listOf(world, member)).text()).toContain(left);
    const { card } = await askForVideo(world, {}, member);
    await world.discord.waitFor(() => card.video());
    expect(card.text()).toContain(credits);
  });

  test('one is one, and two are two', async () => {
    const world = await startWorld({ settings: { DAILY_VIDEOS_PER_MEMBER: '2' } });
    for (const [locale, two, one] of [
      ['en-US', '2 videos left', '1 video left'],
      ['es-ES', 'te quedan 2 videos', 'te queda 1 video '],
      ['pt-BR', 'restam 2 vídeos', 'resta 1 vídeo '],
      ['ja', '今日はあと2本', '今日はあと1本'],
    ] as const) {
      const member = world.discord.member({ locale });
      expect((await listOf(world, member)).text()).toContain(two);
      await finishedVideo(world, {}, world.discord.member());
      const { card } = await askForVideo(world, {}, member);
      await world.discord.waitFor(() => card.video());
      expect((await listOf(world, member)).text()).toContain(one);
    }
  });
});

test('a ping is in the language of who asked', async () => {
  const clock = movableClock();
  const world = await startWorld({ settings: clock.env, discord: { now: clock.now } });
  const { discord, seedance } = world;
  const words = {
    'en-US': 'your video is ready.',
    'zh-CN': '你的视频做好了。',
    'zh-TW': '你的影片好了。',
    ja: 'さん、動画ができました。',
    'es-419': 'tu video está listo.',
    'pt-BR': 'seu vídeo está pronto.',
  };
  seedance.hold();
  const asked = [];
  for (const [locale, ready] of Object.entries(words)) {
    asked.push({ ...(await askForVideo(world, {}, discord.member({ locale }))), ready });
  }
  await clock.pass(world, 120_000);
  seedance.release();
  for (const { card, member, ready } of asked) {
    const ping = await discord.waitFor(({ state }) =>
      [...state.messages.values()].find(({ reference }) => reference === card.id),
    );
    expect(ping.content).toContain(ready);
    expect(ping.pinged).toEqual([member.id]);
  }
});
