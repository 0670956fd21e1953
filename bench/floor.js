import { Client, Events } from 'discord.js';
import { video } from './floor-command.js';

/**
 * The floor: a bot that replies and edits, and no more. Written as people write one, and configured
 * by the same variables as ours. In JavaScript, as the rival beside it: for TypeScript Node would load
 * a compiler, which a bot that is started as ours is does without.
 */
const { DISCORD_TOKEN: token, DISCORD_API_URL: api = 'https://discord.com/api' } = process.env;

const client = new Client({ intents: [], rest: { api } });

client.once(Events.ClientReady, (ready) => void ready.application.commands.set([video]));
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) answer(interaction).catch(console.error);
});

async function answer(interaction) {
  const prompt = interaction.options.getString('prompt') ?? '';
  await interaction.reply({ content: `In line: ${prompt}`, withResponse: true });
  await interaction.editReply(`Making your video: ${prompt}`);
}

await client.login(token);
