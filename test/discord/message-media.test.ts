import {
  type APIMessage,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  MessageReferenceType,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { mediaIn, videoIn } from '../../src/discord/message-media.ts';
import { NOON } from '../jobs/a-job.ts';
import { aMessage, attachment, media } from './a-message.ts';

const CDN = 'https://cdn.discordapp.com/attachments/1/2';

function namesIn(changes: Partial<APIMessage>): string[] {
  return mediaIn(aMessage(changes)).map(({ name }) => name);
}

function withComponents(...components: APIMessageTopLevelComponent[]): Partial<APIMessage> {
  return { flags: MessageFlags.IsComponentsV2, components };
}

function gallery(...urls: string[]) {
  return {
    type: ComponentType.MediaGallery,
    items: urls.map((url) => ({ media: media(url) })),
  } as const;
}

describe('the pictures, clips and sounds of a message', () => {
  it('are those attached to it, as Discord describes them', () => {
    const file = attachment('a.png', { content_type: 'image/png', width: 640, height: 480 });
    expect(mediaIn(aMessage({ attachments: [file] }))).toEqual([
      {
        name: 'a.png',
        url: file.url,
        contentType: 'image/png',
        sizeBytes: 1234,
        width: 640,
        height: 480,
      },
    ]);
  });

  it('are those of its components, at any depth, in reading order', () => {
    const text = {
      type: ComponentType.TextDisplay,
      content: 'https://a.example/text.png',
    } as const;
    const components = withComponents(
      text,
      {
        type: ComponentType.Container,
        components: [
          {
            type: ComponentType.Section,
            components: [text],
            accessory: { type: ComponentType.Thumbnail, media: media(`${CDN}/1.png`, 'image/png') },
          },
          gallery(`${CDN}/2.mp4`, `${CDN}/3.jpg`),
          { type: ComponentType.File, file: media(`${CDN}/4.mp3`), name: '4.mp3', size: 99 },
          { type: ComponentType.Separator },
        ],
      },
      {
        type: ComponentType.Section,
        components: [text],
        accessory: {
          type: ComponentType.Button,
          style: ButtonStyle.Link,
          label: 'x',
          url: 'https://a.example/button.png',
        },
      },
      gallery(`${CDN}/5.gif`),
    );
    expect(namesIn(components)).toEqual(['1.png', '2.mp4', '3.jpg', '4.mp3', '5.gif']);
    expect(mediaIn(aMessage(components))[3]).toMatchObject({ sizeBytes: 99 });
    expect(mediaIn(aMessage(components))[0]).toMatchObject({ contentType: 'image/png' });
  });

  it('are those of its link previews, from Discord’s own copy where there is one', () => {
    const proxy = 'https://images-ext-1.discordapp.net/external/x/https/a.example/a.png';
    const embeds = [
      { image: { url: 'https://a.example/a.png', proxy_url: proxy, width: 10, height: 20 } },
      { thumbnail: { url: 'https://a.example/b.jpg' } },
    ];
    expect(mediaIn(aMessage({ embeds }))).toMatchObject([
      { name: 'a.png', url: proxy, width: 10, height: 20 },
      { name: 'b.jpg', url: 'https://a.example/b.jpg', width: null, height: null },
    ]);
  });

  it('are the clip of a link preview, and not its still as well', () => {
    const thumbnail = { url: 'https://a.example/still.jpg' };
    const gif = { thumbnail, video: { url: 'https://a.example/c.mp4' } };
    const page = { thumbnail, video: { url: 'https://a.example/watch' } };
    expect(namesIn({ embeds: [gif] })).toEqual(['c.mp4']);
    expect(namesIn({ embeds: [page] })).toEqual(['still.jpg']);
  });

  it('are those of a message that was forwarded', () => {
    const forwarded: Partial<APIMessage> = {
      message_reference: {
        type: MessageReferenceType.Forward,
        channel_id: '31',
        message_id: '701',
        guild_id: '20',
      },
      message_snapshots: [
        {
          message: {
            content: '',
            timestamp: '2026-11-22T12:00:00Z',
            edited_timestamp: null,
            mentions: [],
            mention_roles: [],
            type: 0,
            attachments: [attachment('a.png')],
            embeds: [{ image: { url: 'https://a.example/b.png' } }],
            components: [gallery(`${CDN}/c.mp4`)],
          },
        },
      ],
    };
    expect(namesIn(forwarded)).toEqual(['a.png', 'c.mp4', 'b.png']);
  });

  it('are each there once', () => {
    const file = attachment('a.png');
    const twice = { attachments: [file], embeds: [{ image: { url: file.url } }] };
    expect(namesIn({ ...twice, ...withComponents(gallery(file.url, file.url)) })).toEqual([
      'a.png',
    ]);
  });

  it('are none where there are none', () => {
    expect(namesIn({ content: 'https://a.example/a.png' })).toEqual([]);
  });
});

describe('what can’t be used is left out', () => {
  it.each([
    ['another kind', attachment('a.webm', { content_type: 'video/webm' })],
    ['a document', attachment('a.pdf', { content_type: 'application/pdf' })],
    ['no ending', attachment('png')],
    ['a content type that says otherwise', attachment('a.png', { content_type: 'text/html' })],
    ['an address that says otherwise', attachment('a.png', { url: `${CDN}/a.mp4` })],
  ])('%s', (_what, file) => {
    expect(namesIn({ attachments: [file, attachment('b.png')] })).toEqual(['b.png']);
  });

  it.each([
    ['at http', 'http://a.example/a.png'],
    ['nowhere', 'not an address/a.png'],
    ['an attachment of some other message', 'attachment://a.png'],
    ['in the address itself', 'data:image/png;base64,AAAA.png'],
    ['further away than Discord lets a card show', `https://a.example/${'x'.repeat(2040)}.png`],
  ])('what is %s', (_where, url) => {
    expect(namesIn({ embeds: [{ image: { url } }] })).toEqual([]);
    expect(namesIn(withComponents(gallery(url, `${CDN}/b.png`)))).toEqual(['b.png']);
  });
});

describe('a file that only an address names', () => {
  it.each([
    ['my%20boat.png', 'my boat.png'],
    ['%E8%88%B9.mp4', '船.mp4'],
    ['100%25.png', '100%.png'],
    ['broken%E8%88.png', 'broken%E8%88.png'],
    ['50%.png', '50%.png'],
    ['UPPER.PNG', 'UPPER.PNG'],
  ])('as %s is called %s', (path, name) => {
    expect(namesIn(withComponents(gallery(`${CDN}/${path}?ex=1`)))).toEqual([name]);
  });

  it('is known by its address to be usable, and not by what an escape hides', () => {
    expect(namesIn(withComponents(gallery(`${CDN}/a.exe%2Epng`, `${CDN}/a.png%2Eexe`)))).toEqual(
      [],
    );
  });
});

describe('the video of a finished card', () => {
  const until = (seconds: number) => Math.floor(NOON / 1000 + seconds).toString(16);
  const card = (url: string) => aMessage(withComponents(gallery(url)));

  it('is the one that Discord keeps, at the address that came with the click', () => {
    const url = `${CDN}/seedance-1.mp4?ex=${until(60)}&is=1&hm=2`;
    expect(videoIn(card(url), NOON)).toBe(url);
  });

  it.each([
    ['has expired', `${CDN}/seedance-1.mp4?ex=${until(0)}`],
    ['is only linked to', 'https://bucket.example/v.mp4?sig=1'],
    ['is a picture', `${CDN}/a.png?ex=${until(60)}`],
  ])('is none where it %s', (_why, url) => {
    expect(videoIn(card(url), NOON)).toBeUndefined();
  });
});
