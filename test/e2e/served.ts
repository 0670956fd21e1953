import type { BotProcess } from '../../simulator/bot-process.ts';

/** The port that the bot serves on, as its log names it. */
export async function portOf(bot: BotProcess): Promise<number> {
  const { port } = await bot.logged(({ msg }) => msg.startsWith('Health'));
  return Number(port);
}

/** Its metrics, in Prometheus' text format. */
export async function metricsOf(bot: BotProcess): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${await portOf(bot)}/metrics`);
  return response.text();
}
