import { glob, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { labels } from './conversation.ts';
import {
  askForVideo,
  asRead,
  COLOUR,
  clip,
  mediaOf,
  picture,
  portrait,
  shareWorld,
  shows,
  sound,
  submitsOf,
  taskOf,
  tasksOf,
} from './world.ts';

const MEGABYTE = 1_000_000;
const shared = shareWorld();

test('a command with a picture becomes a card, and the card the finished video', async () => {
  const world = shared();
  const { card } = await askForVideo(world, { reference1: await picture() });
  expect(card.text()).toContain('**Making your video**');
  expect(labels(card)).toEqual(['Cancel']);

  const finished = await shows(world, card, 'AI-generated');
  const video = finished.video();
  expect(video?.attached).toBe(true);
  expect(Buffer.from(video?.bytes ?? []).equals(world.seedance.video)).toBe(true);
  expect(labels(finished)).toEqual(['Remix', 'Again', 'More']);
});

describe('the card', () => {
  const narrow = shareWorld({ settings: { SEEDANCE_MAX_CONCURRENT: '1' } });

  test('goes from the line, with its place, over rendering to the video', async () => {
    const world = narrow();
    const { discord, seedance } = world;
    seedance.hold();
    const first = await askForVideo(world);
    await taskOf(world, first.asked);
    const leo = await askForVideo(world, {}, discord.member({ name: 'leo' }));
    const ana = await askForVideo(world, {}, discord.member({ name: 'ana' }));

    expect(first.card.text()).toContain('**Making your video**');
    expect(first.card.accent()).toBe(COLOUR.blurple);
    expect(leo.card.text()).toContain('**In line** · next');
    expect(leo.card.accent()).toBe(COLOUR.grey);
    expect(ana.card.text()).toContain('**In line** · 1 ahead when you asked');
    for (const { card } of [first, leo, ana]) {
      expect(labels(card)).toEqual(['Cancel']);
    }
    expect(submitsOf(world, leo.asked)).toEqual([]);
    expect(submitsOf(world, ana.asked)).toEqual([]);

    seedance.release();
    for (const { card, asked } of [first, leo, ana]) {
      const finished = await shows(world, card, 'AI-generated');
      expect(finished.accent()).toBe(COLOUR.green);
      expect(finished.video()?.attached).toBe(true);
      expect(labels(finished)).toEqual(['Remix', 'Again', 'More']);
      expect(submitsOf(world, asked)).toHaveLength(1);
    }
    expect(first.card.edits).toBe(1);
    expect(leo.card.edits).toBe(2);
    expect(JSON.stringify(leo.card.history[1]?.components)).toContain('**Making your video**');
  });

  test('puts members who wait with less before those who wait with more', async () => {
    const world = narrow();
    const { discord, seedance } = world;
    seedance.hold();
    const { member, asked, card } = await askForVideo(world);
    await taskOf(world, asked);
    const second = await askForVideo(world, {}, member);
    const third = await askForVideo(world, {}, member);
    const other = await askForVideo(world, {}, discord.member({ name: 'leo' }));
    seedance.release();

    await shows(world, third.card, 'AI-generated');
    await Promise.all([card, second.card, other.card].map((one) => shows(world, one, 'AI-gen')));
    const order = [...seedance.state.tasks.values()].map(({ body }) => body.metadata?.jobId);
    expect(order.slice(-4)).toEqual(
      [asked, other.asked, second.asked, third.asked].map(({ id }) => id),
    );
  });
});

describe('what is submitted', () => {
  test('always names model, ratio, duration and resolution, and the job alone in metadata', async () => {
    const world = shared();
    const { asked, card } = await askForVideo(world, { prompt: 'A paper boat drifts' });
    const { body } = await taskOf(world, asked);
    expect(body).toEqual({
      model: 'seedance-2.0',
      prompt: 'A paper boat drifts',
      aspectRatio: '16:9',
      duration: 5,
      resolution: '720p',
      metadata: { jobId: asked.id },
    });
    expect(asRead(await shows(world, card, 'AI-generated'))).toContain(
      '5 s · 16:9 · 720p · Seedance 2.0',
    );
    expect(world.seedance.state.omitted).toEqual([]);
  });

  test('holds the attachments’ own addresses, in order, query and all', async () => {
    const world = shared();
    const files = [await picture(), await clip(), await portrait(), await sound(), await picture()];
    const [reference1, reference2, reference3, reference4, reference5] = files;
    if (!reference1 || !reference2 || !reference3 || !reference4 || !reference5) return;
    const { asked, card } = await askForVideo(world, {
      reference1,
      reference2,
      reference3,
      reference4,
      reference5,
    });
    const { body, fetchedMedia } = await taskOf(world, asked);
    const urls = body.mediaUrls ?? [];
    expect(urls).toHaveLength(5);
    for (const [index, url] of urls.entries()) {
      const { pathname, host, search } = new URL(url);
      expect(host).toBe('cdn.discordapp.com');
      expect(pathname.endsWith(`/${files[index]?.name}`)).toBe(true);
      // As Discord signs it, with the `&` at its end; the CDN refuses any other query.
      expect(search).toMatch(/^\?ex=[0-9a-f]+&is=[0-9a-f]+&hm=[0-9a-f]+&$/);
      const { status, bytes } = world.discord.cdnFetch(url);
      expect(status).toBe(200);
      expect(Buffer.from(bytes).equals(files[index]?.bytes ?? Buffer.alloc(0))).toBe(true);
    }
    expect(fetchedMedia.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);

    const [before] = card.history;
    expect(JSON.stringify(before?.components)).toContain('Using 5 references · ♪ sound');
    await shows(world, card, 'AI-generated');
  });

  test('leaves mediaUrls out where there are no references', async () => {
    const world = shared();
    const { asked, card } = await askForVideo(world);
    expect((await taskOf(world, asked)).body).not.toHaveProperty('mediaUrls');
    expect(card.text()).toContain('Words only');
    await shows(world, card, 'AI-generated');
  });

  test('is what the options say', async () => {
    const world = shared();
    const { asked, card } = await askForVideo(world, {
      model: 'seedance-1.5-pro',
      duration: 10,
      aspect_ratio: '1:1',
      resolution: '1080p',
      reference1: await portrait(),
    });
    const { model, duration, aspectRatio, resolution } = (await taskOf(world, asked)).body;
    expect({ model, duration, aspectRatio, resolution }).toEqual({
      model: 'seedance-1.5-pro',
      duration: 10,
      aspectRatio: '1:1',
      resolution: '1080p',
    });
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.text()).toContain('10 s · 1:1 · 1080p · Seedance 1.5 Pro');
  });

  test.each([
    ['a portrait', async () => ({ reference1: await portrait() }), '9:16'],
    ['a square', async () => ({ reference1: await picture({ width: 800, height: 800 }) }), '1:1'],
    [
      'a nearly square',
      async () => ({ reference1: await picture({ width: 1000, height: 900 }) }),
      '1:1',
    ],
    ['a landscape', async () => ({ reference1: await picture() }), '16:9'],
    [
      'a clip before a portrait',
      async () => ({ reference1: await clip(), reference2: await portrait() }),
      '9:16',
    ],
    [
      'a landscape before a portrait',
      async () => ({ reference1: await picture(), reference2: await portrait() }),
      '16:9',
    ],
    ['a clip alone', async () => ({ reference1: await clip() }), '16:9'],
    [
      'a picture of unknown sides',
      async () => ({ reference1: { name: 'a.png', bytes: Buffer.from('png') } }),
      '16:9',
    ],
  ])('has the ratio of the first picture: %s', async (_, references, ratio) => {
    const world = shared();
    const { asked, card } = await askForVideo(world, await references());
    expect((await taskOf(world, asked)).body.aspectRatio).toBe(ratio);
    expect((await shows(world, card, 'AI-generated')).text()).toContain(ratio);
  });

  test('has no flags of the prompt, and the card says which were left out', async () => {
    const world = shared();
    const { asked, card } = await askForVideo(world, {
      prompt: 'A boat --dur 15 drifts --rs 1080p under a bridge --seed=7',
    });
    expect(asRead(card)).toContain('Left out of the prompt: --dur 15 --rs 1080p');
    const task = await taskOf(world, asked);
    expect(task.body.prompt).toBe('A boat drifts under a bridge');
    expect(task.flagOverrides).toEqual({});
    expect(task.settings).toMatchObject({ duration: 5, resolution: '720p' });
    await shows(world, card, 'AI-generated');
  });
});

describe('the card names', () => {
  test.each([
    ['a first frame', async () => ({ reference1: await picture() }), 'Starting from image 1'],
    [
      'a first and a last frame',
      async () => ({ reference1: await picture(), reference2: await portrait() }),
      'From image 1 to image 2',
    ],
    [
      'a picture and a clip',
      async () => ({ reference1: await picture(), reference2: await clip() }),
      'Using 2 references',
    ],
    [
      'a picture and a sound',
      async () => ({ reference1: await picture(), reference2: await sound() }),
      'Using 2 references · ♪ sound.mp3',
    ],
    [
      'three pictures',
      async () => ({
        reference1: await picture(),
        reference2: await picture(),
        reference3: await portrait(),
      }),
      'Using 3 references',
    ],
  ])('%s, and shows pictures and clips', async (_, options, caption) => {
    const world = shared();
    const { asked, card } = await askForVideo(world, await options());
    expect(asRead(card)).toContain(caption);
    const shown = mediaOf(card);
    const { mediaUrls = [] } = (await taskOf(world, asked)).body;
    expect(shown).toEqual(mediaUrls.filter((url) => !url.includes('.mp3')));
    await shows(world, card, 'AI-generated');
  });
});

describe('autocomplete of the duration', () => {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  test.each([
    ['the default model', {}, range(4, 15)],
    ['2.0 Fast', { model: 'seedance-2.0-fast' }, range(4, 15)],
    ['1.5 Pro', { model: 'seedance-1.5-pro' }, [5, 10]],
    ['what is typed', { duration: '1' }, range(10, 15)],
    ['what is typed, for 1.5 Pro', { model: 'seedance-1.5-pro', duration: '1' }, [10]],
    ['what fits nothing', { duration: 'long' }, []],
    ['a model nobody knows', { model: 'seedance-9' }, range(4, 15)],
  ])('goes by %s', async (_, options, seconds) => {
    const { discord } = shared();
    const offered = await discord.member().autocomplete('video', 'duration', options);
    expect(offered.map(({ value }) => value)).toEqual(seconds);
  });
});

describe('a video that Discord does not take', () => {
  test('for it is over the limit of this place is played from its link', async () => {
    const world = shared();
    const where = { attachmentSizeLimit: 50_000 };
    const { card, asked } = await askForVideo(world, {}, undefined, where);
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()).toEqual({
      attached: false,
      url: tasksOf(world, asked)[0]?.outputUrl,
    });
    expect(finished.text()).toContain('Too big to attach here. Save it soon; the link won’t last.');
    expect(finished.files.size).toBe(0);
    expect(labels(finished)).toEqual(['Remix', 'Again', 'More']);
  });

  test.each([
    ['in Discord’s own words', { status: 413, code: 40005 }],
    ['in those of a proxy', { status: 413, html: '<h1>413 Request Entity Too Large</h1>' }],
  ])('with 413, %s, is played from its link', async (_, refusal) => {
    const world = shared();
    const { discord, seedance } = world;
    seedance.hold();
    const { card, asked } = await askForVideo(world);
    discord.faults.add({
      method: 'PATCH',
      when: ({ path, files }) => path.includes(asked.token) && files.length > 0,
      do: refusal,
    });
    seedance.release();
    const finished = await shows(world, card, 'AI-generated');
    expect(finished.video()).toEqual({
      attached: false,
      url: tasksOf(world, asked)[0]?.outputUrl,
    });
    expect(finished.text()).toContain('Too big to attach here.');
    expect(submitsOf(world, asked)).toHaveLength(1);
  });
});

test('a video of 120 MB is attached where the limit allows, and never lies in memory whole', async () => {
  const world = shared();
  const { seedance, dataDir } = world;
  const sizeBytes = 120 * MEGABYTE;
  const where = { attachmentSizeLimit: 2 * sizeBytes };
  const { card } = await askForVideo(world, {}, undefined, where);
  await shows(world, card, 'AI-generated');
  const peakBefore = await peakMemory(dataDir);

  seedance.setVideo({ sizeBytes });
  const large = await askForVideo(world, {}, undefined, where);
  const finished = await shows(world, large.card, 'AI-generated');
  seedance.setVideo(seedance.video);
  expect(finished.video()).toMatchObject({ attached: true });
  expect(finished.video()?.bytes?.length).toBe(sizeBytes);
  if (peakBefore === undefined) return;
  // Streamed, a video of any size costs some 60 MB of buffers; whole, it costs itself and more.
  const peakAfter = (await peakMemory(dataDir)) ?? Number.POSITIVE_INFINITY;
  expect(peakAfter - peakBefore).toBeLessThan(sizeBytes);
});

/** The most memory that the bot with this store ever had, in bytes; undefined but on Linux. */
async function peakMemory(dataDir: string): Promise<number | undefined> {
  for await (const path of glob('/proc/[0-9]*/environ')) {
    const environ = await readFile(path, 'utf8').catch(() => '');
    if (!environ.includes(`DATA_DIR=${dataDir}\0`)) continue;
    const status = await readFile(path.replace('environ', 'status'), 'utf8');
    return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) * 1024;
  }
  return undefined;
}
