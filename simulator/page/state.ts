import { batch, computed, signal } from '@preact/signals';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { Everything, SeenMessage, SeenRequest, Told } from '../page-protocol/told.ts';

const REQUESTS_SHOWN = 300;

/** A form that the bot has opened. */
export interface OpenForm {
  interactionId: string;
  form: APIModalInteractionResponseCallbackData;
}

/** A command that was sent and is not answered, or never was. */
export interface SentCommand {
  key: number;
  name: string;
  problem?: string;
}

/** Whether the demo can be heard. */
export const isConnected = signal(false);
/** What the server last showed as a whole; nothing before its first message. */
export const everything = signal<Everything | null>(null);
/** Every message that one sees, by id, oldest first. */
export const messages = signal<ReadonlyMap<string, SeenMessage>>(new Map());
/** The bot's requests, oldest first. */
export const requests = signal<readonly SeenRequest[]>([]);
/** The form that is open. */
export const openForm = signal<OpenForm | null>(null);
/** What did not come of using a message, by its id. */
export const problems = signal<Readonly<Record<string, string>>>({});
/** Commands that wait for their answer, or got none. */
export const sent = signal<readonly SentCommand[]>([]);
/** What the message that is being written replies to. */
export const replyTo = signal<SeenMessage | null>(null);
/** The command whose options are being filled in, and the words that came with it. */
export const chosenCommand = signal<{ name: string; words: string } | null>(null);
/** Counts how often one is to be taken to the end of the channel. */
export const jumps = signal(0);
/** Messages that came where one was not looking, by channel id. */
export const unread = signal<Readonly<Record<string, number>>>({});

const wantedChannelId = signal<string | null>(null);
const dismissed = signal<ReadonlySet<string>>(new Set());

/** The channel one looks at: the first, until another is chosen. */
export const channel = computed(() => {
  const channels = everything.value?.channels ?? [];
  return channels.find(({ id }) => id === wantedChannelId.value) ?? channels[0];
});

/** The commands that can be used there. */
export const commands = computed(() => everything.value?.commands[channel.value?.id ?? ''] ?? []);

/** What stands in the channel, oldest first. */
export const shownMessages = computed(() =>
  [...messages.value.values()]
    .filter(({ message }) => message.channel_id === channel.value?.id)
    .filter(({ message }) => !dismissed.value.has(message.id)),
);

/** Takes what the server tells. */
export function hear(told: Exclude<Told, { type: 'done' | 'refused' }>): void {
  batch(() => {
    switch (told.type) {
      case 'everything':
        return beginWith(told.everything);
      case 'message':
        return takeMessage(told.seen);
      case 'gone':
        messages.value = without(messages.value, told.messageId);
        return undefined;
      case 'request':
        return takeRequest(told.request);
      case 'switches':
        return change({ switches: told.switches });
      case 'commands':
        return change({ commands: told.commands });
    }
  });
}

/** Looks at a channel. */
export function goTo(channelId: string): void {
  batch(() => {
    wantedChannelId.value = channelId;
    unread.value = { ...unread.value, [channelId]: 0 };
    chosenCommand.value = null;
    replyTo.value = null;
  });
}

/** Goes to the end of the channel, as whoever writes something does. */
export function jumpToEnd(): void {
  jumps.value += 1;
}

/** Takes a message that only one sees out of sight. */
export function dismiss(messageId: string): void {
  dismissed.value = new Set([...dismissed.value, messageId]);
}

/** Notes what did not come of using a message; nothing takes that back. */
export function noteProblem(messageId: string, problem: string | undefined): void {
  const { [messageId]: _before, ...others } = problems.value;
  problems.value = problem === undefined ? others : { ...others, [messageId]: problem };
}

/** The name of somebody, by id. */
export function nameOf(userId: string): string {
  const person = everything.value?.people.find(({ id }) => id === userId);
  return person?.name ?? 'unknown-user';
}

function beginWith(all: Everything): void {
  const isAnother = everything.value?.you.id !== all.you.id;
  everything.value = all;
  messages.value = new Map(all.messages.map((seen) => [seen.message.id, seen]));
  requests.value = all.requests;
  if (!isAnother) return;
  chosenCommand.value = null;
  openForm.value = null;
  sent.value = [];
  problems.value = {};
  replyTo.value = null;
  unread.value = {};
}

function takeMessage(seen: SeenMessage): void {
  const { id, channel_id } = seen.message;
  const isNew = !messages.value.has(id);
  messages.value = new Map(messages.value).set(id, seen);
  if (!isNew || channel_id === channel.value?.id) return;
  unread.value = { ...unread.value, [channel_id]: (unread.value[channel_id] ?? 0) + 1 };
}

function takeRequest(request: SeenRequest): void {
  const known = requests.value.findIndex(({ nr }) => nr === request.nr);
  requests.value =
    known >= 0
      ? requests.value.with(known, request)
      : [...requests.value, request].slice(-REQUESTS_SHOWN);
}

function change(part: Partial<Everything>): void {
  if (everything.value) everything.value = { ...everything.value, ...part };
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): Map<string, Value> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
