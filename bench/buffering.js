import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Events } from 'discord.js';
import * as z from 'zod';
import { video } from './floor-command.js';

/**
 * The rival for deliveries: makes the video, too, looks at fixed pauses, and holds what it sends in
 * memory, whole. Written as people write one, and configured by the same variables as ours.
 */
const { DISCORD_TOKEN: token, DISCORD_API_URL: api = 'https://discord.com/api' } = process.env;
const { SEEDANCE_API_URL: seedance, SEEDANCE_API_KEY: key, POLL_MAX_MS: pauseMs } = process.env;
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };

const submission = z.object({ requestId: z.string() });
const task = z.object({ status: z.string(), output: z.object({ url: z.string() }).nullable() });

const client = new Client({ intents: [], rest: { api, timeout: 120_000 } });

client.once(Events.ClientReady, (ready) => void ready.application.commands.set([video]));
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) makeVideo(interaction).catch(console.error);
});

async function makeVideo(interaction) {
  const prompt = interaction.options.getString('prompt') ?? '';
  await interaction.reply(`Making your video: ${prompt}`);
  const url = await resultUrl(prompt);
  const attachment = Buffer.from(await (await fetch(url)).arrayBuffer());
  await interaction.editReply({ content: prompt, files: [{ attachment, name: 'video.mp4' }] });
}

async function resultUrl(prompt) {
  const asked = {
    model: 'seedance-2.0',
    prompt,
    duration: 5,
    aspectRatio: '16:9',
    resolution: '720p',
  };
  const submitted = await fetch(`${seedance}/video/generations`, {
    method: 'POST',
    headers,
    body: JSON.stringify(asked),
  });
  const { requestId } = submission.parse(await submitted.json());
  for (;;) {
    await sleep(Number(pauseMs));
    const looked = await fetch(`${seedance}/video/generations/${requestId}`, { headers });
    const { status, output } = task.parse(await looked.json());
    if (output) return output.url;
    if (status === 'failed') throw new Error('The video could not be made');
  }
}

await client.login(token);
