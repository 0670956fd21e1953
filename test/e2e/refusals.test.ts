import { DatabaseSync } from 'node:sqlite';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Member } from '../../simulator/discord/discord.ts';
import { labels, publicMessages } from './conversation.ts';
import {
  askForVideo,
  clip,
  picture,
  shareWorld,
  shows,
  sound,
  startWorld,
  type World,
} from './world.ts';

const shared = shareWorld();

type Options = Parameters<Member['slash']>[1];
type Where = Parameters<Member['slash']>[2];

/** What is asked, by a forged client if need be, and what the refusal says and offers. */
interface Row {
  what: string;
  options: Options;
  where?: Where;
  says: string[];
  buttons?: string[];
}

const PROMPT = 'A lantern rises, **slowly**';
const FIRST = 'Reference 1 (boat.jpg): ';
const ANSWER_WITH_MESSAGE = 4;

/** What is right may be taken later. */
const LATER = ['Try again', 'Edit'];

/** Sends each row's command and expects a refusal of it, in private, with these buttons and all words. */
async function refused(
  world: World,
  rows: readonly Row[],
  { member, buttons: usual = ['Edit'] }: { member?: Member; buttons?: string[] } = {},
): Promise<void> {
  const { discord, seedance } = world;
  const submitsBefore = seedance.state.submits;
  const publicBefore = publicMessages(world).length;
  for (const { what, options, where, says, buttons = usual } of rows) {
    const given = { prompt: PROMPT, ...options };
    const sender = member ?? discord.member();
    const asked = await sender.slash('video', given, { raw: true, ...where });
    const { type, ephemeral, message } = await asked.response;
    expect.soft({ type, ephemeral }, what).toEqual({ type: ANSWER_WITH_MESSAGE, ephemeral: true });
    for (const words of says) expect.soft(message?.text(), what).toContain(words);
    expect.soft(message?.text(), `${what}: the prompt is given back`).toContain(given.prompt);
    expect.soft(message && labels(message), what).toEqual(buttons);
    expect.soft(asked.followups, what).toEqual([]);
  }
  expect(seedance.state.submits).toBe(submitsBefore);
  expect(publicMessages(world)).toHaveLength(publicBefore);
  expect(discord.state.pings).toEqual([]);
}

/** How many jobs the store of a stopped bot holds. */
function storedJobs(dataDir: string): unknown {
  const db = new DatabaseSync(`${dataDir}/bot.sqlite`, { readOnly: true });
  const row = db.prepare('SELECT count(*) AS jobs FROM jobs').get();
  db.close();
  return row?.jobs;
}

const { ViewChannel, AttachFiles, EmbedLinks, SendMessages } = PermissionFlagsBits;

test('what is wrong with the input is refused at once, in private, and nothing is submitted', async () => {
  const world = shared();
  const boat = await picture();
  const tune = await sound();
  const film = await clip();
  const kinds = ['Reference 1 (boat', 'jpg', 'mp4', 'mp3'];
  const hourAgo = Date.now() - 3_600_000;

  await refused(world, [
    { what: 'a prompt of blanks', options: { prompt: '   ' }, says: ['The prompt is empty.'] },
    {
      what: 'a prompt of line ends',
      options: { prompt: '\n \n\t' },
      says: ['The prompt is empty.'],
    },
    {
      what: 'only flags',
      options: { prompt: '--dur 15 --rs 1080p' },
      says: ['The prompt is empty.'],
    },
  ]);

  const file = (name: string, contentType?: string | null, option = 'reference1') => ({
    [option]: { ...boat, name, ...(contentType === undefined ? {} : { contentType }) },
  });
  await refused(world, [
    {
      what: 'an ending',
      options: file('boat.tiff', 'image/tiff'),
      says: [...kinds, 'Reference 1 (boat.tiff): '],
    },
    { what: 'an ending, no type', options: file('boat.exe', null), says: kinds },
    { what: 'an ending, a right type', options: file('boat.svg', 'image/png'), says: kinds },
    { what: 'no ending', options: file('boat', 'image/jpeg'), says: kinds },
    { what: 'a content type', options: file('boat.jpg', 'application/pdf'), says: kinds },
    { what: 'a clip that is a picture', options: file('boat.mp4', 'image/jpeg'), says: kinds },
    { what: 'a picture that is a clip', options: file('boat.png', 'video/mp4'), says: kinds },
    { what: 'a sound that is a clip', options: file('boat.mp3', 'video/mp4'), says: kinds },
    {
      what: 'the third of three',
      options: {
        reference1: boat,
        reference2: film,
        ...file('notes.pdf', undefined, 'reference3'),
      },
      says: ['Reference 3 (notes.pdf): ', 'jpg'],
    },
    { what: 'a sound alone', options: { reference1: tune }, says: ['sound', 'Add a picture'] },
    {
      what: 'two sounds alone',
      options: { reference2: tune, reference4: { ...tune, name: 'other.wav' } },
      says: ['sound', 'Add a picture'],
    },
    {
      what: 'an expired address',
      options: { reference1: { ...boat, expiresAt: hourAgo } },
      says: [FIRST, 'expired', 'again'],
    },
    {
      what: 'an expired address among others',
      options: { reference1: boat, reference2: { ...film, expiresAt: hourAgo } },
      says: ['Reference 2 (clip.mp4): ', 'expired'],
    },
  ]);

  const sized = (width: number, height: number) => ({ reference1: { ...boat, width, height } });
  await refused(world, [
    {
      what: 'too small',
      options: sized(299, 299),
      says: [FIRST, '299', '300', '6000'],
    },
    {
      what: 'one side too small',
      options: sized(500, 299),
      says: [FIRST, '300'],
    },
    {
      what: 'too large',
      options: sized(6001, 4000),
      says: [FIRST, '6001', '6000'],
    },
    {
      what: 'too wide',
      options: sized(1251, 500),
      says: [FIRST, 'wide', '1251'],
    },
    {
      what: 'too tall',
      options: sized(400, 1001),
      says: [FIRST, 'tall', '1001'],
    },
    {
      what: 'the second too wide',
      options: { reference1: boat, reference2: { ...boat, width: 3000, height: 1000 } },
      says: ['Reference 2 (boat.jpg): ', 'wide'],
    },
  ]);

  const lasting = (duration: string | number, model = 'seedance-2.0') => ({ duration, model });
  const two = (nearest: number) => ({
    says: ['Seedance 2.0', '4 to 15'],
    buttons: [`Make it ${nearest} s`, 'Edit'],
  });
  const pro = { says: ['1.5 Pro', '5 or 10'], buttons: ['Make it 5 s', 'Make it 10 s', 'Edit'] };
  await refused(world, [
    { what: '16 s', options: lasting(16), ...two(15) },
    { what: '3 s', options: lasting(3), ...two(4) },
    { what: '16 s, fast', options: lasting(16, 'seedance-2.0-fast'), ...two(15) },
    { what: '16 s of no model', options: { duration: 16 }, ...two(15) },
    { what: '4.5 s', options: lasting(4.5), ...two(5) },
    { what: '-5 s', options: lasting(-5), ...two(4) },
    { what: '0 s', options: lasting(0), ...two(4) },
    { what: 'a billion seconds', options: lasting(1e9), ...two(15) },
    { what: '«5» as a text', options: lasting('5'), ...two(5) },
    { what: '7 s on 1.5 Pro', options: lasting(7, 'seedance-1.5-pro'), ...pro },
    { what: '15 s on 1.5 Pro', options: lasting(15, 'seedance-1.5-pro'), ...pro },
    {
      what: 'a model of the future',
      options: { model: 'seedance-9' },
      says: ['model', 'Seedance 2.0', 'Seedance 2.0 Fast', 'Seedance 1.5 Pro'],
    },
    {
      what: 'a model that every object has',
      options: { model: 'constructor' },
      says: ['model', 'Seedance 2.0'],
    },
    { what: 'a blank model', options: { model: '' }, says: ['model'] },
    {
      what: 'an unknown ratio',
      options: { aspect_ratio: '4:3' },
      says: ['shape', '16:9', '9:16', '1:1'],
    },
    {
      what: 'an unknown resolution',
      options: { resolution: '4k' },
      says: ['resolution', '480p', '720p', '1080p'],
    },
  ]);

  const all = ViewChannel | AttachFiles | EmbedLinks | SendMessages;
  const without = (...missing: bigint[]) => ({
    appPermissions: missing.reduce((left, bit) => left & ~bit, all),
  });
  const rows = [
    { what: 'no view', where: without(ViewChannel), says: ['View Channel'] },
    { what: 'no attaching', where: without(AttachFiles), says: ['Attach Files'] },
    { what: 'no embedding', where: without(EmbedLinks), says: ['Embed Links'] },
    {
      what: 'none of the three',
      where: without(ViewChannel, AttachFiles, EmbedLinks),
      says: ['View Channel', 'Attach Files', 'Embed Links'],
    },
    {
      what: 'two of the three',
      where: without(AttachFiles, EmbedLinks),
      says: ['Attach Files', 'Embed Links'],
    },
  ];
  await refused(
    world,
    rows.map((row) => ({ ...row, options: {} })),
    { buttons: LATER },
  );
});

test('what is at the very edge of the allowed is taken, and of all that was refused no job is left', async () => {
  const world = shared();
  const boat = await picture();
  const bare = await picture({ width: undefined, height: undefined });
  const sized = (width: number, height: number) => ({ reference1: { ...boat, width, height } });
  const edges: Options[] = [
    { prompt: 'x'.repeat(2000) },
    { reference1: bare },
    sized(300, 300),
    sized(6000, 6000),
    sized(1250, 500),
    sized(400, 1000),
    { duration: 4, model: 'seedance-2.0' },
    { duration: 15, model: 'seedance-2.0-fast' },
    { duration: 10, model: 'seedance-1.5-pro' },
    { reference1: await sound(), reference2: boat },
  ];
  const asked = await Promise.all(edges.map((options) => askForVideo(world, options)));
  for (const { card } of asked) await shows(world, card, 'AI-generated');
  expect(world.seedance.state.submits).toBe(edges.length);
  expect(await world.bot.stop()).toBe(0);
  expect(storedJobs(world.dataDir)).toBe(edges.length);
});

test('limits refuse in private too, and say when they open', async () => {
  const world = await startWorld({
    settings: { MAX_ACTIVE_PER_MEMBER: '1', DAILY_VIDEOS_PER_MEMBER: '2', DAILY_CREDITS: '120' },
    seedance: { price: () => 40 },
  });
  const { discord, seedance } = world;
  const mia = discord.member({ name: 'mia' });
  const mias = { member: mia, buttons: LATER };
  const midnight = Math.floor(new Date().setUTCHours(24, 0, 0, 0) / 1000);

  seedance.hold();
  const first = await askForVideo(world, {}, mia);
  await seedance.waitFor(({ state }) => state.tasks.size === 1);
  await refused(world, [{ what: 'too many active', options: {}, says: ['under way'] }], mias);
  seedance.release();
  await shows(world, first.card, 'AI-generated');

  const second = await askForVideo(world, {}, mia);
  await shows(world, second.card, 'AI-generated');
  const day = ['2 videos', `<t:${midnight}:R>`];
  await refused(world, [{ what: 'the day of a member', options: {}, says: day }], mias);

  const third = await askForVideo(world);
  await shows(world, third.card, 'AI-generated');
  const credits = ['120 credits', `<t:${midnight}:R>`];
  await refused(world, [{ what: 'the credits of the day', options: {}, says: credits }], {
    buttons: LATER,
  });
  expect(seedance.state.creditsSpent).toBe(120);
});

test('what the owner does not allow is not offered, and refused when it comes all the same', async () => {
  const world = await startWorld({ started: false });
  const { discord, seedance, bot } = world;
  await bot.startAndConnect({
    ALLOWED_GUILDS: discord.guildId,
    ALLOWED_MODELS: 'seedance-2.0-fast,seedance-1.5-pro',
    MAX_DURATION: '8',
    MAX_RESOLUTION: '720p',
  });

  const [command] = discord.state.commands.get('global') ?? [];
  const choices = (name: string) =>
    command?.options?.flatMap((option) =>
      option.name === name && 'choices' in option
        ? (option.choices ?? []).map(({ value }) => value)
        : [],
    );
  expect(choices('model')).toEqual(['seedance-2.0-fast', 'seedance-1.5-pro']);
  expect(choices('resolution')).toEqual(['480p', '720p']);
  expect(command?.contexts).toEqual([0]);

  const offered = async (options: Record<string, string | number>) => {
    const list = await discord.member().autocomplete('video', 'duration', options);
    return list.map(({ value }) => value);
  };
  expect(await offered({})).toEqual([4, 5, 6, 7, 8]);
  expect(await offered({ model: 'seedance-1.5-pro' })).toEqual([5]);
  expect(await offered({ model: 'seedance-2.0' })).toEqual([4, 5, 6, 7, 8]);

  const elsewhere = discord.guilds.get(discord.otherGuildId);
  if (elsewhere) elsewhere.botIn = true;
  const inOther = { channelId: discord.addChannel({ guildId: discord.otherGuildId }) };
  const inDirect = { channelId: discord.addChannel({ guildId: null }) };
  const places = [
    { what: 'another server', options: {}, where: inOther, says: ['owner'] },
    { what: 'a direct message', options: {}, where: inDirect, says: ['owner'] },
  ];
  // Nothing that a member does mends it.
  await refused(world, places, { buttons: [] });
  await refused(world, [
    {
      what: 'a model not allowed',
      options: { model: 'seedance-2.0' },
      says: ['model', '2.0 Fast', '1.5 Pro'],
    },
    { what: '9 s', options: { duration: 9 }, says: ['4 to 8'], buttons: ['Make it 8 s', 'Edit'] },
    {
      what: '10 s on 1.5 Pro',
      options: { duration: 10, model: 'seedance-1.5-pro' },
      says: ['1.5 Pro', '5 seconds'],
      buttons: ['Make it 5 s', 'Edit'],
    },
    { what: '1080p', options: { resolution: '1080p' }, says: ['resolution', '480p', '720p'] },
  ]);

  const { card } = await askForVideo(world);
  await shows(world, card, 'AI-generated');
  const [task] = seedance.state.tasks.values();
  expect(task?.body).toMatchObject({ model: 'seedance-2.0-fast', duration: 5, resolution: '720p' });
});
