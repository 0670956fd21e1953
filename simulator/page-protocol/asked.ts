import { z } from 'zod';
import { GENERATION_MS, LOCALES, MISHAPS, PEOPLE } from './choices.ts';

/** A file as the page sends it: JSON has no bytes. */
const file = z.strictObject({
  name: z.string().min(1).max(260),
  base64: z.base64(),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  durationSecs: z.number().nonnegative().optional(),
});
export type SentFile = z.infer<typeof file>;

const id = z.string().regex(/^\d{1,20}$/);
const option = z.union([z.string(), z.number(), z.boolean(), file]);
const field = z.union([z.string(), z.array(z.string()), z.array(file)]);

/** What a person at the page can do, each with what it needs. */
const asked = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('be'), who: z.enum(PEOPLE) }),
  z.strictObject({ do: z.literal('speak'), locale: z.enum(LOCALES) }),
  z.strictObject({
    do: z.literal('slash'),
    channelId: id,
    command: z.string(),
    options: z.record(z.string(), option),
  }),
  z.strictObject({
    do: z.literal('autocomplete'),
    channelId: id,
    command: z.string(),
    focused: z.string(),
    options: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  z.strictObject({ do: z.literal('press'), messageId: id, customId: z.string() }),
  z.strictObject({
    do: z.literal('choose'),
    messageId: id,
    customId: z.string(),
    values: z.array(z.string()),
  }),
  z.strictObject({ do: z.literal('use'), messageId: id, command: z.string() }),
  z.strictObject({
    do: z.literal('send'),
    interactionId: id,
    values: z.record(z.string(), field),
  }),
  z.strictObject({
    do: z.literal('say'),
    channelId: id,
    content: z.string().max(2000),
    files: z.array(file).max(10),
    replyTo: id.optional(),
  }),
  z.strictObject({ do: z.literal('delete'), messageId: id }),
  z.strictObject({ do: z.literal('pace'), renderMs: z.literal(GENERATION_MS) }),
  z.strictObject({ do: z.literal('mishap'), name: z.enum(MISHAPS), on: z.boolean() }),
  z.strictObject({ do: z.literal('expire') }),
  z.strictObject({ do: z.literal('kill') }),
  z.strictObject({ do: z.literal('start') }),
]);
export type Asked = z.infer<typeof asked>;

const envelope = z.strictObject({ nr: z.int(), asked });

/** One message of the page: what it asks, numbered so that the answer finds it. */
export type Envelope = z.infer<typeof envelope>;

/** @throws if it is none */
export function readEnvelope(text: string): Envelope {
  return envelope.parse(JSON.parse(text));
}
