import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandUpdateRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  CreatePrivateChannelRequestSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  type Issue,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  ModalInteractionCallbackRequestSchema,
  PongInteractionCallbackRequestSchema,
  type Schema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import { invalidForm } from './api-error.ts';

/** Discord's published request bodies by what they are for. */
export const PUBLISHED = {
  command: ApplicationCommandUpdateRequestSchema,
  createDm: CreatePrivateChannelRequestSchema,
  createMessage: MessageCreateRequestSchema,
  editMessage: MessageEditRequestPartialSchema,
  followUp: IncomingWebhookRequestPartialSchema,
  editWebhookMessage: IncomingWebhookUpdateRequestPartialSchema,
  pong: PongInteractionCallbackRequestSchema,
  reply: CreateMessageInteractionCallbackRequestSchema,
  update: UpdateMessageInteractionCallbackRequestSchema,
  choices: ApplicationCommandAutocompleteCallbackRequestSchema,
  modal: ModalInteractionCallbackRequestSchema,
};

/**
 * Reads a body by one of Discord's published schemas. Gives the typed body and the names of keys
 * the schema does not know; refuses what does not fit with 50035. Where Discord's documentation
 * allows more than the schema (numeric attachment ids, permissions as a string, null for an absent
 * part of a component) the documentation wins.
 */
export function readPublished<T>(
  schema: Schema<T>,
  body: unknown,
): { data: T; unknownKeys: string[] } {
  const asked = asDocumented(body);
  const result = schema.safeParse(asked);
  if (!result.success) throw invalidForm(`schema: ${result.error.issues.map(describe).join('; ')}`);
  return { data: result.data, unknownKeys: unknownKeys(asked, result.data, '') };
}

function describe(issue: Issue): string {
  const where = issue.path.map(String).join('.') || 'body';
  const deepest = (issue.errors ?? [])
    .map((branch) => branch.filter((inner) => inner.path.at(-1) !== 'type'))
    .filter((branch) => branch.length > 0)
    .sort((a, b) => a.length - b.length)[0];
  const inner = deepest === undefined ? '' : ` (${deepest.map(describe).join(', ')})`;
  return `${where}: ${issue.message}${inner}`;
}

function asDocumented(body: unknown): unknown {
  if (!isObject(body)) return body;
  const copy: Record<string, unknown> = { ...body };
  if (Array.isArray(copy.attachments)) copy.attachments = copy.attachments.map(withTextId);
  if (Array.isArray(copy.components)) copy.components = withoutNulls(copy.components);
  if (typeof copy.default_member_permissions === 'string') {
    copy.default_member_permissions = Number(copy.default_member_permissions);
  }
  if (isObject(copy.data)) copy.data = asDocumented(copy.data);
  return copy;
}

function withTextId(attachment: unknown): unknown {
  if (!isObject(attachment) || typeof attachment.id !== 'number') return attachment;
  return { ...attachment, id: String(attachment.id) };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

function unknownKeys(asked: unknown, known: unknown, path: string): string[] {
  if (Array.isArray(asked) && Array.isArray(known)) {
    return asked.flatMap((item, index) => unknownKeys(item, known[index], `${path}[${index}]`));
  }
  if (!isObject(asked) || !isObject(known)) return [];
  return Object.entries(asked).flatMap(([key, value]) =>
    key in known ? unknownKeys(value, known[key], `${path}.${key}`) : [`${path}.${key}`],
  );
}

/** Says whether a value is an object with keys (not a list, not null). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
