import {
  AllowedMentionsTypes,
  type APIAllowedMentions,
  ComponentType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { invalidForm } from './api-error.ts';
import { everyComponent } from './component-walk.ts';
import type { SimMessage } from './message.ts';
import { botPermissions } from './permissions.ts';
import type { World } from './world.ts';

/** Refuses (50035) a kind of mention that is both parsed and listed (docs: Allowed Mentions). */
export function checkMentions(allowed: APIAllowedMentions | null | undefined): void {
  for (const kind of ['users', 'roles'] as const) {
    const isParsed = allowed?.parse?.some((parse) => parse === kind) ?? false;
    if (isParsed && (allowed?.[kind] ?? []).length > 0) {
      throw invalidForm(`allowed_mentions: parse and ${kind} exclude each other`);
    }
  }
}

/**
 * Records who a new message notifies (docs: Message, Allowed Mentions; without that field every
 * mention notifies, but in the answer to an interaction only those of users). Edits never come here: they never notify. A mention escaped with a backslash
 * counts as one, since whether Discord's server obeys the backslash is not documented.
 */
export function recordPings(
  world: World,
  message: SimMessage,
  allowed: APIAllowedMentions | null | undefined,
): void {
  if (message.ephemeral) return;
  const byDefault = message.interactionMetadata === null ? undefined : ONLY_USERS;
  const text = mentionableText(message);
  message.pinged = [...pinged(world, message, text, allowed ?? byDefault)];
  for (const userId of message.pinged) world.state.pings.push({ messageId: message.id, userId });
}

const ONLY_USERS: APIAllowedMentions = { parse: [AllowedMentionsTypes.User] };

function mentionableText(message: SimMessage): string {
  const texts = [...everyComponent(message.components)].flatMap((component) =>
    component.type === ComponentType.TextDisplay ? [component.content] : [],
  );
  return [message.content, ...texts].join('\n');
}

function pinged(
  world: World,
  message: SimMessage,
  text: string,
  allowed: APIAllowedMentions | undefined,
): Set<string> {
  const users = idsIn(text, /<@!?(\d+)>/g).filter((id) => mayPing('users', id, allowed));
  const roles = idsIn(text, /<@&(\d+)>/g).filter((id) => mayPing('roles', id, allowed));
  const everyone = /@(everyone|here)\b/.test(text) && mayPingEveryone(world, message, allowed);
  const replied = repliedTo(world, message, allowed);
  return new Set([
    ...users,
    ...roles.map((id) => `@&${id}`),
    ...(everyone ? ['@everyone'] : []),
    ...(replied === undefined ? [] : [replied]),
  ]);
}

function idsIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}

function mayPing(
  kind: 'users' | 'roles',
  id: string,
  allowed: APIAllowedMentions | undefined,
): boolean {
  if (allowed === undefined) return true;
  const parsed = allowed.parse?.some((parse) => parse === kind) ?? false;
  return parsed || (allowed[kind]?.includes(id) ?? false);
}

function mayPingEveryone(
  world: World,
  message: SimMessage,
  allowed: APIAllowedMentions | undefined,
): boolean {
  const channel = world.channels.get(message.channelId);
  const permissions = channel === undefined ? 0n : botPermissions(world, channel);
  if ((permissions & PermissionFlagsBits.MentionEveryone) === 0n) return false;
  return allowed === undefined || (allowed.parse?.some((parse) => parse === 'everyone') ?? false);
}

function repliedTo(
  world: World,
  message: SimMessage,
  allowed: APIAllowedMentions | undefined,
): string | undefined {
  if (message.reference === undefined || message.interactionMetadata !== null) return undefined;
  if (allowed?.replied_user === false) return undefined;
  if (allowed !== undefined && allowed.replied_user !== true) return undefined;
  const author = world.state.messages.get(message.reference)?.authorId;
  return author === world.botUserId ? undefined : author;
}
