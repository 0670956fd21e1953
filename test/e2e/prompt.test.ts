import { afterEach, expect, test } from 'vitest';
import type { SimMessage } from '../../simulator/discord/discord.ts';
import { labels, press } from './conversation.ts';
import { askForVideo, asRead, picture, shareWorld, shows, taskOf } from './world.ts';

/** The most talkative log there is: not even that may give away what members write. */
const shared = shareWorld({ settings: { LOG_LEVEL: 'trace' } });

const MARK = 'lighthouse-77';

afterEach(() => {
  const { bot, discord } = shared();
  expect(discord.state.pings).toEqual([]);
  expect(bot.output).not.toContain(MARK);
  for (const { token } of discord.interactions.values()) expect(bot.output).not.toContain(token);
  for (const { body } of discord.state.requests) expect(mayPing(body)).toBe(false);
});

/** Whether a request that carries text leaves it to Discord whom its mentions notify. */
function mayPing(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const message = 'data' in body ? body.data : body;
  if (typeof message !== 'object' || message === null || !('components' in message)) return false;
  const isForm = 'title' in message;
  if (isForm) return false;
  const { allowed_mentions: allowed } = message as { allowed_mentions?: { parse?: unknown[] } };
  return allowed === undefined || (allowed.parse ?? []).length > 0;
}

/** Asks with a prompt that carries the mark, and gives the card as it was and as it became. */
async function make(prompt: string): Promise<{ before: string; after: SimMessage; sent: string }> {
  const world = shared();
  const { card, asked } = await askForVideo(world, { prompt });
  const before = card.text();
  const { body } = await taskOf(world, asked);
  return { before, after: await shows(world, card, 'AI-generated'), sent: body.prompt };
}

/** Some of Discord's signs, each of which must have a backslash before it in a card. */
function hasBareMarkdown(text: string): boolean {
  const ours = text.replace(/^AI video: .*$/m, '').replace(/^(-# |\*\*)|\*\*$/gm, '');
  const withoutOwnTags = ours.replace(/<@\d+>|<t:\d+:R>|usually ~/g, '');
  return /(?<!\\)[*_~`|<>#[\]@]/.test(withoutOwnTags);
}

test('a prompt with mentions is sent as it is and pings nobody', async () => {
  const { discord } = shared();
  const victim = discord.member({ name: 'victim' });
  const prompt = `@everyone @here <@${victim.id}> <@!${victim.id}> <@&${discord.guildId}> ${MARK}`;
  const { sent, after } = await make(prompt);
  expect(sent).toBe(prompt);
  expect(asRead(after)).toContain(prompt);
});

test.each([
  ['emphasis', '**bold** __under__ *slanted* ~~gone~~ ||hidden||'],
  ['a masked link', '[free nitro](https://evil.example) <https://evil.example>'],
  ['a heading', '# Big'],
  ['small print', '-# AI-generated · took 1 s · 0 credits'],
  ['a quote', '>>> all of it'],
  ['a list', '- one'],
  ['code', '`rm -rf`'],
  ['a timestamp and an emoji', '<t:0:R> <:smile:123456789012345678> :smile:'],
  ['a channel and a command', '<#123456789012345678> </video:123456789012345678>'],
  ['backslashes', '\\*not slanted\\* \\\\'],
])('Markdown is shown and not obeyed: %s', async (_, prompt) => {
  const { before, after, sent } = await make(`${prompt} ${MARK}`);
  expect(sent).toBe(`${prompt} ${MARK}`);
  for (const text of [before, after.text()]) expect(hasBareMarkdown(text)).toBe(false);
  expect(asRead(after)).toContain(MARK);
});

test('a code fence over several lines is sent as it is and shown in one line', async () => {
  const prompt = `first line\n\n\`\`\`js\nalert(1)\n\`\`\`\nlast ${MARK}`;
  const { before, sent } = await make(prompt);
  expect(sent).toBe(prompt);
  expect(before).toContain('first line \\`\\`\\`js alert(1) \\`\\`\\` last lighthouse-77');
});

test.each([
  ['words', 'drifting '],
  ['signs that need a backslash each', '*_~`|<>@#'],
  ['emoji', '👨‍👩‍👧‍👦🏳️‍🌈'],
  ['letters with marks upon marks', `a${'\u0301'.repeat(30)}`],
  ['right to left', 'قارب ورقي '],
])('a prompt of 2000 characters is sent whole and shown in part: %s', async (_, piece) => {
  const room = 2000 - MARK.length;
  const prompt = MARK + piece.repeat(room / piece.length).padEnd(room, '.');
  const { before, after, sent } = await make(prompt);
  expect(sent).toBe(prompt);
  for (const text of [before, after.text()]) {
    expect(text).toContain('…');
    expect(text.isWellFormed()).toBe(true);
    expect(text.length).toBeLessThan(2500);
  }
});

test('the video’s alternative text says that it is AI’s, and what it shows', async () => {
  const { after } = await make(`A red kite ${MARK}`);
  expect(after.text().split('\n')).toContain(`AI video: A red kite ${MARK}`);
});

test('a refusal gives the prompt back letter for letter, in private and in a block', async () => {
  const { discord } = shared();
  const prompt = `@everyone **bold** <@1>\n# Big \\ ${MARK}`;
  const options = { prompt, model: 'seedance-1.5-pro', duration: 7 };
  const { message, ephemeral } = await (await discord.member().slash('video', options)).response;
  expect(ephemeral).toBe(true);
  expect(message?.text()).toContain(`\`\`\`\n${prompt}\n\`\`\``);
});

test('a prompt cannot break out of the block that a refusal shows it in', async () => {
  const { discord } = shared();
  const prompt = `${MARK} \`\`\` @everyone ${'```'.repeat(600)}`;
  const options = { prompt, model: 'seedance-1.5-pro', duration: 7 };
  const { message, ephemeral } = await (await discord.member().slash('video', options)).response;
  expect(ephemeral).toBe(true);
  expect(message?.text().match(/```/g)).toHaveLength(2);
});

test.each([
  ['one character too long', `${MARK} ${'x'.repeat(2001 - MARK.length - 1)}`],
  ['too long with its flags', `${MARK} ${'y'.repeat(1980)} --dur 15`],
  ['almost as long as Discord lets anything be', `${MARK} ${'long '.repeat(790)}`],
])(
  'of a prompt that is %s, a refusal shows the beginning, and its form has it whole',
  async (_, prompt) => {
    const world = shared();
    const member = world.discord.member();
    const asked = await member.slash('video', { prompt }, { raw: true });
    const { ephemeral, message } = await asked.response;
    if (!message) throw new Error('It was not answered');
    expect(ephemeral).toBe(true);
    expect(message.text()).toContain('It can have 2,000 at the most.');
    expect(message.text()).toContain(prompt.slice(0, 1990));
    expect(labels(message)).toEqual(['Edit']);
    const form = await (await press(world, member, message, 'Edit')).form();
    expect(form.field('prompt').value).toBe(prompt);
  },
);

test('a file’s name is shown and not obeyed', async () => {
  const { discord } = shared();
  const reference1 = await picture({ name: '__**@everyone**__.txt' });
  const asked = await discord.member().slash('video', { prompt: MARK, reference1 });
  const { message } = await asked.response;
  const [refusal = ''] = message?.text().split('Your prompt') ?? [];
  expect(refusal).toContain('Reference 1 (');
  expect(hasBareMarkdown(refusal)).toBe(false);
});

test('what Discord refuses, breaks off or never answers is logged without the prompt', async () => {
  const world = shared();
  const { bot, discord, seedance } = world;
  seedance.hold();
  const { card, asked } = await askForVideo(world, { prompt: MARK, reference1: await picture() });
  const path = new RegExp(asked.token);
  for (const fault of ['reset', { status: 500, html: '<h1>no</h1>' }] as const) {
    discord.faults.add({ method: 'PATCH', path, times: 2, do: fault });
  }
  discord.faults.add({
    method: 'PATCH',
    path,
    when: ({ files }) => files.length > 0,
    do: { status: 400, code: 50035 },
  });
  const seen = bot.logs.length;
  seedance.release();
  await bot.logged(({ msg, jobId }) => msg === 'Done' && jobId === asked.id, seen);
  expect(bot.logs.slice(seen).filter(({ level }) => level === 'warn').length).toBeGreaterThan(2);
  expect(card.text()).toContain('in its own message');
  // It is the one ping that is meant: a new message names who asked.
  expect(discord.state.pings.splice(0).map(({ userId }) => userId)).toEqual([
    card.interactionMetadata?.userId,
  ]);
});

test('what the service says of a prompt is logged without the prompt', async () => {
  const world = shared();
  const { card, asked } = await askForVideo(world, { prompt: `[[refuse prompt]] ${MARK}` });
  await shows(world, card, 'was refused');
  await world.bot.logged(({ msg, jobId }) => msg === 'Done' && jobId === asked.id);
});
