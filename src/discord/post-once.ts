import {
  DiscordAPIError,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord.js';

/**
 * Posts a message, and tries once more if Discord did not say what became of it: it may have been taken
 * all the same, and by its nonce it is not taken twice.
 * @param body.nonce at most 25 characters
 * @param pause what to wait for before the second try
 * @throws what discord.js's REST throws
 */
export async function postOnce(
  rest: REST,
  channelId: string,
  body: RESTPostAPIChannelMessageJSONBody & { nonce: string },
  pause = async (): Promise<void> => {},
): Promise<void> {
  const post = () =>
    rest.post(Routes.channelMessages(channelId), { body: { ...body, enforce_nonce: true } });
  try {
    await post();
  } catch (error) {
    if (error instanceof DiscordAPIError) throw error;
    await pause();
    await post();
  }
}
