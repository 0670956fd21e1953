import type { Discord, SimInteraction, SimMessage } from '../../simulator/discord/discord.ts';

/** A file of a request body. */
export interface Sent {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What came back: the status, Discord's error code, and the body. */
export interface Answered {
  status: number;
  code: unknown;
  body: Record<string, unknown>;
}

/** Calls the REST API as a bot that follows no library's manners. */
export async function call(
  discord: Discord,
  method: string,
  path: string,
  body?: unknown,
  files: Sent[] = [],
): Promise<Answered> {
  const answer = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${discord.token}`,
      ...(files.length === 0 && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && {
      body: files.length === 0 ? JSON.stringify(body) : form(body, files),
    }),
  });
  const text = await answer.text();
  const parsed: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
  return { status: answer.status, code: parsed.code, body: parsed };
}

function form(body: unknown, files: Sent[]): FormData {
  const data = new FormData();
  data.append('payload_json', JSON.stringify(body));
  for (const [index, file] of files.entries()) {
    data.append(`files[${index}]`, new Blob([file.bytes]), file.name);
  }
  return data;
}

/** Registers `/video` with a prompt and a reference, and a message command. */
export async function registerVideo(discord: Discord): Promise<void> {
  const option = (type: number, name: string, rest = {}) => ({
    type,
    name,
    description: name,
    ...rest,
  });
  const options = [
    option(3, 'prompt', { required: true, max_length: 20 }),
    option(11, 'reference1', { file_types: ['image', '.mp4'] }),
    option(3, 'model', { choices: [{ name: 'One', value: 'one' }] }),
    option(4, 'duration', { autocomplete: true, min_value: 1 }),
  ];
  const path = `/applications/${discord.applicationId}/commands`;
  const answer = await call(discord, 'PUT', path, [
    { name: 'video', description: 'Make a video', options },
    { name: 'Animate', type: 3 },
  ]);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer));
}

/** Acknowledges an interaction. */
export function acknowledge(
  discord: Discord,
  interaction: SimInteraction,
  type: number,
  data?: unknown,
  files: Sent[] = [],
): Promise<Answered> {
  const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
  return call(discord, 'POST', path, { type, ...(data !== undefined && { data }) }, files);
}

/** The path of an interaction's token below the webhook routes. */
export function webhook(discord: Discord, interaction: SimInteraction, rest = ''): string {
  return `/webhooks/${discord.applicationId}/${interaction.token}${rest}`;
}

/** Sends a message as the bot and gives it as the simulator holds it. */
export async function post(
  discord: Discord,
  body: unknown,
  files: Sent[] = [],
): Promise<SimMessage> {
  const path = `/channels/${discord.channelId}/messages`;
  const { body: made } = await call(discord, 'POST', path, body, files);
  const message = discord.state.messages.get(String(made.id));
  if (message === undefined) throw new Error(JSON.stringify(made));
  return message;
}

/** A body with the Components V2 flag. */
export function v2(...components: object[]) {
  return { flags: 1 << 15, components, allowed_mentions: { parse: [] } };
}

export const text = (content: string) => ({ type: 10, content });
export const row = (...components: object[]) => ({ type: 1, components });
export const button = (custom_id: string) => ({ type: 2, style: 2, label: 'Go', custom_id });
export const link = (url: string) => ({ type: 2, style: 5, label: 'Go', url });
export const options = (count: number, rest = {}) =>
  Array.from({ length: count }, (_, n) => ({ label: `Option ${n}`, value: `${n}`, ...rest }));
export const select = (custom_id: string, rest = {}) => ({
  type: 3,
  custom_id,
  options: options(2),
  ...rest,
});
export const gallery = (...urls: string[]) => ({
  type: 12,
  items: urls.map((url) => ({ media: { url } })),
});
