import { ComponentType, PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import type { Member, SimFile, SimMessage } from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
import {
  directly,
  filesOf,
  finishedVideo,
  labels,
  newCard,
  press,
  privateAnswer,
  publicMessages,
  restart,
} from './conversation.ts';
import {
  askAndHold,
  clip,
  picture,
  portrait,
  restartAfterFailure,
  shareWorld,
  shows,
  sound,
  startWorld,
  taskOf,
  tasksOf,
  type World,
} from './world.ts';

/** Where Discord keeps its own copy of a picture that a link shows. */
const PREVIEW = 'https://images-ext-1.discordapp.net/external/x1/https/example.com/boat.jpg';

const shared = shareWorld({
  seedance: {
    resolveUrl: (url) => {
      const { discord } = shared();
      return discord.cdnUrlFor(url === PREVIEW ? previewed : url);
    },
  },
});
let previewed = '';
restartAfterFailure(shared);

const PROMPT = 'It begins to *move*';

/** Uses Animate on a message and sends the form. */
async function animate(world: World, message: SimMessage, member = world.discord.member()) {
  const opened = await member.messageCommand('Animate', message);
  const form = await opened.form();
  expect(form.title).toBe('Animate');
  expect(form.field('prompt').value).toBe('');
  const sent = await member.submitModal(opened, { prompt: PROMPT });
  const card = await newCard(sent);
  const link = linkTo(world, message);
  expect(card.text()).toContain(link);
  const finished = await shows(world, card, 'AI-generated');
  expect(finished.text()).toContain(link);
  const [task, ...others] = tasksOf(world, sent);
  expect(others).toEqual([]);
  if (!task) throw new Error('Nothing was submitted');
  return { form, card: finished, sent, task };
}

function linkTo({ discord }: World, { channelId, id }: SimMessage): string {
  const guildId = discord.channels.get(channelId)?.guildId ?? '@me';
  return `-# From [this message](https://discord.com/channels/${guildId}/${channelId}/${id})`;
}

/** Uses Animate where there is nothing for it. */
async function refused(world: World, message: SimMessage, where: Where = {}): Promise<string> {
  const before = publicMessages(world).length;
  const used = await world.discord.member().messageCommand('Animate', message, where);
  const answer = await privateAnswer(world, used);
  expect(labels(answer)).toEqual([]);
  expect(publicMessages(world)).toHaveLength(before);
  return answer.text();
}

const say = ({ discord }: World, files: SimFile[], member: Member = discord.member()) =>
  member.say('Look', { files });

describe('Animate, on what somebody posted', () => {
  test('a picture: it is kept in the form, which takes its shape', async () => {
    const world = shared();
    const message = await say(world, [await portrait()]);
    const { form, card, task } = await animate(world, message);
    expect(form.field('references').description).toBe('1 kept. New files replace it.');
    expect(form.field('shape').values).toEqual(['9:16 720p']);
    expect(card.video()?.attached).toBe(true);
    expect(task.body).toMatchObject({ prompt: PROMPT, aspectRatio: '9:16' });
    expect(filesOf(task)).toEqual(['portrait.jpg']);
  });

  test('a clip', async () => {
    const world = shared();
    const { task } = await animate(world, await say(world, [await clip()]));
    expect(filesOf(task)).toEqual(['clip.mp4']);
  });

  test('a mix, with what can’t be used left out', async () => {
    const world = shared();
    const notes = { name: 'notes.txt', bytes: Buffer.from('By hand') };
    const files = [await sound(), notes, await picture(), await clip()];
    const { form, task } = await animate(world, await say(world, files));
    expect(form.field('references').description).toBe('3 kept. New files replace them all.');
    expect(filesOf(task)).toEqual(['sound.mp3', 'boat.jpg', 'clip.mp4']);
  });

  test('six files: the first five', async () => {
    const world = shared();
    const names = ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg', '6.jpg'];
    const files = await Promise.all(names.map((name) => picture({ name })));
    const { task } = await animate(world, await say(world, files));
    expect(filesOf(task)).toEqual(names.slice(0, 5));
  });

  test('a sound alone: the form opens, and asks for a picture beside it', async () => {
    const world = shared();
    const member = world.discord.member();
    const message = await say(world, [await sound()]);
    const opened = await member.messageCommand('Animate', message);
    const sent = await member.submitModal(opened, { prompt: PROMPT });
    const answer = await privateAnswer(world, sent);
    expect(answer.text()).toContain('A sound can’t be the only reference.');
    const edited = await press(world, member, answer, 'Edit');
    const references = [await picture(), await sound()];
    const again = await member.submitModal(edited, { references });
    const card = await shows(world, await newCard(again), 'AI-generated');
    expect(filesOf(await taskOf(world, again))).toEqual(['boat.jpg', 'sound.mp3']);
    expect(card.text(), 'none of its files are of that message').not.toContain('this message');
  });

  test('a forwarded message', async () => {
    const world = shared();
    const original = await say(world, [await picture(), await clip()]);
    const forward = await world.discord.member().forward(original);
    const { task } = await animate(world, forward);
    expect(filesOf(task)).toEqual(['boat.jpg', 'clip.mp4']);
  });

  test('a link that shows a picture', async () => {
    const world = shared();
    const kept = await say(world, [await picture()]);
    previewed = kept.attachments[0]?.url ?? '';
    const url = 'https://example.com/boat.jpg';
    const image = { url, proxy_url: PREVIEW, width: 1024, height: 576 };
    const message = await world.discord.member().say(url, { embeds: [{ url, thumbnail: image }] });
    const { task } = await animate(world, message);
    expect(task.body.mediaUrls).toEqual([PREVIEW]);
  });

  test('a bot’s card: its gallery, the picture beside a text, and its file', async () => {
    const world = shared();
    const { Container, MediaGallery, Section, TextDisplay, Thumbnail, File } = ComponentType;
    const media = (name: string) => ({ media: { url: `attachment://${name}` } });
    const message = await world.discord.member({ name: 'another bot', bot: true }).say('', {
      files: [await picture({ name: 'beside.jpg' }), await clip(), await sound(), await portrait()],
      components: [
        {
          type: Container,
          components: [
            {
              type: Section,
              components: [{ type: TextDisplay, content: 'Today' }],
              accessory: { type: Thumbnail, ...media('beside.jpg') },
            },
            { type: MediaGallery, items: [media('portrait.jpg'), media('clip.mp4')] },
          ],
        },
        { type: File, file: { url: 'attachment://sound.mp3' } },
      ],
    });
    const { task } = await animate(world, message);
    expect(filesOf(task)).toEqual(['beside.jpg', 'portrait.jpg', 'clip.mp4', 'sound.mp3']);
  });
});

describe('Animate, on one of our own cards', () => {
  test('a finished one, a day old: its video, by a fresh address', async () => {
    let later = 0;
    const world = await startWorld({ discord: { now: () => Date.now() + later } });
    const { card, asked } = await finishedVideo(world);
    const old = card.video()?.url ?? '';
    expect(world.discord.cdnFetch(old).status).toBe(200);
    later = 25 * 3_600_000;
    expect(world.discord.cdnFetch(old).status).toBe(404);
    const { task } = await animate(world, card);
    expect(filesOf(task)).toEqual([`seedance-${asked.id}.mp4`]);
    expect(task.fetchedMedia).toMatchObject([{ status: 200, contentType: 'video/mp4' }]);
  });

  test('one under way: the pictures it was given', async () => {
    const world = shared();
    const { card } = await askAndHold(world, { reference1: await picture() });
    world.seedance.release();
    const member = world.discord.member();
    const opened = await member.messageCommand('Animate', card);
    await shows(world, card, 'AI-generated');
    const sent = await member.submitModal(opened, { prompt: PROMPT });
    await shows(world, await newCard(sent), 'AI-generated');
    expect(filesOf(await taskOf(world, sent))).toEqual(['boat.jpg']);
  });
});

describe('Animate', () => {
  test('is for whoever uses it, on whosever message: the video is theirs', async () => {
    const world = shared();
    const author = world.discord.member({ name: 'author' });
    const message = await say(world, [await picture()], author);
    const stranger = world.discord.member({ name: 'stranger' });
    const { card } = await animate(world, message, stranger);
    expect(card.text()).toContain(`For <@${stranger.id}>`);
    expect(card.text()).not.toContain(author.id);
    expect(world.discord.state.pings).toEqual([]);
  });

  test('works in direct messages', async () => {
    const world = shared();
    const member = world.discord.member();
    const where = directly(world, member);
    const message = await member.say('Look', { files: [await picture()], ...where });
    const { card, task } = await animate(world, message, member);
    expect(card.channelId).toBe(where.channelId);
    expect(filesOf(task)).toEqual(['boat.jpg']);
  });

  test('keeps the files and the link over a restart, and through a refusal', async () => {
    const world = shared();
    const member = world.discord.member();
    const message = await say(world, [await picture()]);
    const opened = await member.messageCommand('Animate', message);
    await opened.form();
    await restart(world);
    const wrong = { prompt: PROMPT, model: ['seedance-1.5-pro'], duration: ['7'] };
    const answer = await privateAnswer(world, await member.submitModal(opened, wrong));
    await restart(world);
    const pressed = await press(world, member, answer, 'Make it 5 s');
    const card = await shows(world, await newCard(pressed), 'AI-generated');
    expect(card.text()).toContain(linkTo(world, message));
    expect(filesOf(await taskOf(world, pressed))).toEqual(['boat.jpg']);
  });

  test('with new files in their place, the card names no message', async () => {
    const world = shared();
    const member = world.discord.member();
    const opened = await member.messageCommand('Animate', await say(world, [await picture()]));
    const values = { prompt: PROMPT, references: [await portrait()] };
    const card = await newCard(await member.submitModal(opened, values));
    expect(card.text()).not.toContain('this message');
    await shows(world, card, 'AI-generated');
  });

  test('with its one picture refused and gone, the card names no message', async () => {
    const world = shared();
    const member = world.discord.member();
    const tiny = await picture({ width: 200, height: 200 });
    const opened = await member.messageCommand('Animate', await say(world, [tiny]));
    const refusal = await privateAnswer(
      world,
      await member.submitModal(opened, { prompt: PROMPT }),
    );
    expect(refusal.text()).toContain('this picture is 200 × 200 pixels');
    const edited = await press(world, member, refusal, 'Edit');
    const sent = await member.submitModal(edited, {});
    const card = await shows(world, await newCard(sent), 'AI-generated');
    expect(card.text()).not.toContain('this message');
    expect(filesOf(await taskOf(world, sent))).toEqual([]);
  });

  test('tried without its one picture, the card names no message; with another left, it does', async () => {
    const world = shared();
    const prompt = 'Somebody [[refuse reference 1]]';
    for (const files of [[await picture()], [await picture(), await portrait()]]) {
      // One each: three refusals pause a member.
      const member = world.discord.member();
      const message = await say(world, files);
      const opened = await member.messageCommand('Animate', message);
      const refused = await newCard(await member.submitModal(opened, { prompt }));
      await shows(world, refused, 'Reference 1 was refused');
      const again = await newCard(await press(world, member, refused, 'Try without it'));
      const link = linkTo(world, message);
      if (files.length > 1) expect(again.text()).toContain(link);
      else expect(again.text()).not.toContain('this message');
    }
  });

  test('says in private that a message has nothing for it', async () => {
    const world = shared();
    const { discord } = world;
    const another = discord.member({ name: 'another bot', bot: true });
    const content = 'Only words';
    const components = [{ type: ComponentType.TextDisplay, content } as const];
    const notes = { name: 'notes.pdf', bytes: Buffer.from('By hand') };
    const { card } = await askAndHold(world);
    const embeds = [{ title: content, url: 'https://example.com/boat.jpg' }];
    for (const message of [
      await discord.member().say(content),
      await discord.member().say('', { files: [notes] }),
      await discord.member().say('https://example.com/boat.jpg', { embeds }),
      await discord.member().forward(await discord.member().say(content)),
      await another.say('', { components }),
      card,
    ]) {
      expect(await refused(world, message)).toContain(
        'This message has no picture, clip or sound that I can use.',
      );
    }
  });

  test('says in private where it can’t show a video, before the form is filled in', async () => {
    const world = shared();
    const message = await say(world, [await picture()]);
    const { ViewChannel, AttachFiles } = PermissionFlagsBits;
    const where = { appPermissions: ViewChannel | AttachFiles };
    expect(await refused(world, message, where)).toContain('**Embed Links**');
  });
});
