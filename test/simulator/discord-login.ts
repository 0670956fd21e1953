import { Client, Events } from 'discord.js';
import type { Discord } from '../../simulator/discord/discord.ts';

/** Logs a client in with no intents, as the bot does. */
export async function login(discord: Discord): Promise<Client<true>> {
  const client = new Client({ intents: [], rest: { api: discord.apiUrl } });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}
