import { createRequire } from 'node:module';
import { Client, Events } from 'discord.js';
import type { Discord } from '../../simulator/discord/discord.ts';

// discord.js can't upload by the dispatcher of a newer undici than its own, which is everybody's in a
// process that has loaded one, as the simulated Seedance does.
const requireAsClient = createRequire(createRequire(import.meta.url).resolve('discord.js'));
const requireAsRest = createRequire(requireAsClient.resolve('@discordjs/rest'));
const { Agent } = requireAsRest('undici');

/** Logs a client in with no intents, as the bot does. */
export async function login(discord: Discord): Promise<Client<true>> {
  const client = new Client({ intents: [], rest: { api: discord.apiUrl, agent: new Agent() } });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}
