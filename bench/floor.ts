import { type ChatInputCommandInteraction, Client, Events } from 'discord.js';
import { video } from './floor-command.ts';

/**
 * The floor: a bot that replies and edits, and no more. Written as people write one, and configured
 * by the same variables as ours.
 */
const { DISCORD_TOKEN: token, DISCORD_API_URL: api = 'https://discord.com/api' } = process.env;

const client = new Client({ intents: [], rest: { api } });

client.once(Events.ClientReady, (ready) => void ready.application.commands.set([video]));
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) answer(interaction).catch(console.error);
});

async function answer(interaction: ChatInputCommandInteraction): Promise<void> {
  const prompt = interaction.options.getString('prompt') ?? '';
  await interaction.reply({ content: `In line: ${prompt}`, withResponse: true });
  await interaction.editReply(`Making your video: ${prompt}`);
}

await client.login(token);
