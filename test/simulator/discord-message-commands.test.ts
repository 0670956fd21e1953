import { once } from 'node:events';
import { Events } from 'discord.js';
import {
  type APIEmbed,
  type APIMessageTopLevelComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  type Discord,
  type Member,
  type SimMessage,
  startDiscord,
} from '../../simulator/discord/discord.ts';
import {
  acknowledge,
  button,
  call,
  post,
  registerVideo,
  row,
  v2,
  webhook,
} from './discord-http.ts';
import { listen } from './discord-listener.ts';
import { login } from './discord-login.ts';

const BOAT = { name: 'boat.png', bytes: Buffer.from('boat'), width: 640, height: 480 };
const SONG = { name: 'song.ogg', bytes: Buffer.from('song'), durationSecs: 3.5 };
const CLIP = { name: 'clip.mp4', bytes: Buffer.from('clip'), width: 320, height: 180 };
const LINK: APIEmbed = {
  url: 'https://a.example/page',
  thumbnail: {
    url: 'https://a.example/a.png',
    proxy_url: 'https://images-ext-1.discordapp.net/external/x/https/a.example/a.png',
    width: 100,
    height: 50,
  },
};
const SHOWN: APIMessageTopLevelComponent[] = [
  {
    type: ComponentType.Container,
    components: [
      {
        type: ComponentType.MediaGallery,
        items: [
          { media: { url: 'attachment://clip.mp4' } },
          { media: { url: 'https://a.example/b.png' } },
        ],
      },
      {
        type: ComponentType.Section,
        components: [{ type: ComponentType.TextDisplay, content: 'A boat' }],
        accessory: { type: ComponentType.Thumbnail, media: { url: 'attachment://boat.png' } },
      },
      { type: ComponentType.File, file: { url: 'attachment://song.ogg' } },
    ],
  },
];

let discord: Discord;
let mia: Member;
let sam: Member;
let other: Member;
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1);
  discord = await startDiscord({ now: () => nowMs });
  await registerVideo(discord);
  mia = discord.member({ name: 'Mia' });
  sam = discord.member({ name: 'Sam' });
  other = discord.member({ name: 'Pictures', bot: true });
});

afterEach(() => discord.close());

/** Uses Animate on a message and gives that message as the bot gets it. */
async function animate(message: SimMessage) {
  const next = await listen(discord);
  await mia.messageCommand('Animate', message);
  const { data } = await next();
  expect(data).toMatchObject({ type: 3, name: 'Animate', target_id: message.id });
  return Object(data.resolved).messages[message.id];
}

describe('a message command is told of the message', () => {
  it('with files and what is known of them', async () => {
    const shown = await animate(await sam.say('look', { files: [BOAT, SONG] }));
    expect(shown).toMatchObject({
      content: 'look',
      author: { id: sam.id },
      attachments: [
        { filename: 'boat.png', content_type: 'image/png', width: 640, height: 480, size: 4 },
        { filename: 'song.ogg', content_type: 'audio/ogg', duration_secs: 3.5 },
      ],
    });
    expect(discord.cdnFetch(shown.attachments[0].url)).toMatchObject({ status: 200 });
  });

  it('with embeds', async () => {
    expect(
      await animate(await sam.say('https://a.example/page', { embeds: [LINK] })),
    ).toMatchObject({
      embeds: [LINK],
      attachments: [],
    });
  });

  it('with what components show, and no attachments', async () => {
    const said = await other.say('', { components: SHOWN, files: [BOAT, CLIP, SONG] });
    nowMs += 25 * 60 * 60 * 1000;
    const shown = await animate(said);
    expect(shown).toMatchObject({
      author: { bot: true },
      attachments: [],
      components: [
        {
          components: [
            {
              items: [
                {
                  media: {
                    content_type: 'video/mp4',
                    width: 320,
                    attachment_id: expect.any(String),
                  },
                },
                { media: { url: 'https://a.example/b.png', content_type: 'image/png' } },
              ],
            },
            { accessory: { media: { content_type: 'image/png', height: 480 } } },
            { name: 'song.ogg', size: 4, file: { content_type: 'audio/ogg' } },
          ],
        },
      ],
    });
    const [container] = shown.components;
    for (const { url } of [
      container.components[0].items[0].media,
      container.components[1].accessory.media,
      container.components[2].file,
    ]) {
      expect(discord.cdnFetch(url).status).toBe(200);
    }
  });

  it('with what was forwarded, as it was then', async () => {
    const said = await sam.say('look', { files: [BOAT], embeds: [LINK] });
    const message = await mia.forward(said);
    sam.deleteMessage(said.id);
    const shown = await animate(message);
    expect(shown).toMatchObject({
      type: 0,
      content: '',
      attachments: [],
      flags: 1 << 14,
      message_reference: { type: 1, message_id: said.id, channel_id: discord.channelId },
      message_snapshots: [
        { message: { content: 'look', attachments: [{ filename: 'boat.png' }], embeds: [LINK] } },
      ],
    });
    expect(shown.message_snapshots[0].message).not.toHaveProperty('author');
    const { url } = shown.message_snapshots[0].message.attachments[0];
    expect(discord.cdnFetch(url).status).toBe(200);
  });

  it('with what a reply answers, which the bot may not read', async () => {
    const said = await sam.say('look', { files: [BOAT] });
    expect(await animate(await sam.say('again', { replyTo: said }))).toMatchObject({
      type: 19,
      content: 'again',
      referenced_message: { id: said.id, content: '', attachments: [] },
    });
  });

  it('and answers it with a reply', async () => {
    const said = await sam.say('look');
    const used = await mia.messageCommand('Animate', said);
    await acknowledge(discord, used, 4, { content: 'No pictures in it.' });
    const { body } = await call(discord, 'GET', webhook(discord, used, '/messages/@original'));
    expect(body).toMatchObject({
      type: 23,
      message_reference: { message_id: said.id },
      interaction_metadata: { type: 2, target_message_id: said.id },
    });
    expect(discord.state.pings).toEqual([]);
  });

  it('of which discord.js reads every part', async () => {
    const client = await login(discord);
    onTestFinished(() => client.destroy());
    const said = await other.say('', { components: SHOWN, files: [BOAT, CLIP, SONG] });
    for (const message of [said, await mia.forward(said)]) {
      const heard = once(client, Events.InteractionCreate);
      await mia.messageCommand('Animate', message);
      const [interaction] = await heard;
      const { targetMessage } = interaction;
      const read = targetMessage.messageSnapshots.first() ?? targetMessage;
      expect(read.components[0].components[0].items[0].media.data.content_type).toBe('video/mp4');
    }
  });
});

it('writes no components for members who are no bots', async () => {
  await expect(sam.say('', { components: SHOWN })).rejects.toThrow('only bots');
});

it('takes message commands with capitals and spaces', async () => {
  const card = await post(discord, v2(row(button('a'))));
  await call(discord, 'PUT', `/applications/${discord.applicationId}/commands`, [
    { type: 3, name: 'Bring to Life' },
  ]);
  expect((await mia.messageCommand('Bring to Life', card)).id).toMatch(/^\d+$/);
  expect(discord.state.violations).toEqual([]);
});
