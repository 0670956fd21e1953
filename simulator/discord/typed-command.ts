import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import { commandFor } from './command-offer.ts';
import { fillOptions, type OptionValue } from './command-options.ts';
import { followWords, nestOptions, splitTyped, type TypedCommand } from './command-path.ts';
import { resolveChosen } from './resolve-chosen.ts';
import { channelFor, type MemberReach, type Sending, type Where } from './sending.ts';
import type { SimUser } from './world.ts';

/** Gives what is sent of a command with its options. Throws, unless `raw`, for what a client would not send. */
export function typedOut(
  reach: MemberReach,
  user: SimUser,
  typed: string,
  given: Record<string, OptionValue>,
  where: Where,
): Sending {
  const { world } = reach;
  const raw = where.raw ?? false;
  const asked = typedCommand(reach, user, typed, where);
  const { command, parts } = asked;
  const filled = fillOptions(world, asked, given, { raw, partial: false });
  const chooser = { user, channel: channelFor(reach, user, where) };
  const resolved = {
    ...resolveChosen(world, chooser, asked.options, filled.options, raw),
    ...(Object.keys(filled.attachments).length > 0 && { attachments: filled.attachments }),
  };
  const { id, name, type } = command;
  const options = nestOptions(parts, filled.options);
  const data = {
    id,
    name,
    type,
    ...(options.length > 0 && { options }),
    ...(Object.keys(resolved).length > 0 && { resolved }),
  };
  return { type: InteractionType.ApplicationCommand, where, data, command, typed };
}

/** Gives what is sent of a command while one of its options is being typed. Throws as {@link typedOut}. */
export function typedSoFar(
  reach: MemberReach,
  user: SimUser,
  typed: string,
  { given, focused }: { given: Record<string, string | number>; focused: string },
  where: Where,
): Sending {
  const asked = typedCommand(reach, user, typed, where);
  const { command, parts } = asked;
  const how = { raw: false, partial: true };
  const sent = fillOptions(reach.world, asked, given, how).options.map((option) =>
    option.name === focused
      ? { ...option, value: String(option.value), focused: true as const }
      : option,
  );
  const field = sent.find((option) => option.name === focused);
  const { id, name, type } = command;
  return {
    type: InteractionType.ApplicationCommandAutocomplete,
    where,
    data: { id, name, type, options: nestOptions(parts, sent) },
    command,
    typed,
    ...(field !== undefined && { focused: field.type }),
  };
}

function typedCommand(
  reach: MemberReach,
  user: SimUser,
  typed: string,
  where: Where,
): TypedCommand {
  const { name, words } = splitTyped(typed);
  const raw = where.raw ?? false;
  const channel = channelFor(reach, user, where);
  const type = ApplicationCommandType.ChatInput;
  const command = commandFor(reach.world, user, channel, { name, type, raw });
  return followWords(command, words, raw);
}
