import {
  type APIApplicationCommand,
  type ApplicationCommandType,
  ApplicationIntegrationType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { contextOf } from './interaction-payload.ts';
import { isUserInstallOnly, memberPermissions } from './permissions.ts';
import type { SimChannel, SimUser, World } from './world.ts';

/** Gives the commands a member's client offers in a channel: a server's own hide global ones. */
export function offeredCommands(
  world: World,
  user: SimUser,
  channel: SimChannel,
): APIApplicationCommand[] {
  const scopes = channel.guildId === null ? ['global'] : ['global', channel.guildId];
  const byName = new Map<string, APIApplicationCommand>();
  for (const command of scopes.flatMap((scope) => world.state.commands.get(scope) ?? [])) {
    if (notOffered(world, command, user, channel) !== undefined) continue;
    byName.set(`${command.type} ${command.name}`, command);
  }
  return [...byName.values()];
}

/** Gives a registered command. Throws, unless `raw`, where the member's client would not offer it. */
export function commandFor(
  world: World,
  user: SimUser,
  channel: SimChannel,
  named: { name: string; type: ApplicationCommandType; raw: boolean },
): APIApplicationCommand {
  const command = registeredCommand(world, named.name, named.type, channel.guildId);
  const refusal = named.raw ? undefined : notOffered(world, command, user, channel);
  if (refusal !== undefined) throw new Error(refusal);
  return command;
}

/** Finds a registered command; a server's own one hides the global one. Throws if there is none. */
function registeredCommand(
  world: World,
  name: string,
  type: ApplicationCommandType,
  guildId: string | null,
): APIApplicationCommand {
  const scopes = guildId === null ? ['global'] : [guildId, 'global'];
  for (const scope of scopes) {
    const commands = world.state.commands.get(scope) ?? [];
    const found = commands.find((command) => command.name === name && command.type === type);
    if (found !== undefined) return found;
  }
  throw new Error(`no command ${name} of type ${type} is registered`);
}

/** Says why the client does not offer a command in a channel; undefined if it does. */
function notOffered(
  world: World,
  command: APIApplicationCommand,
  user: SimUser,
  channel: SimChannel,
): string | undefined {
  const { UserInstall, GuildInstall } = ApplicationIntegrationType;
  const installed = command.integration_types ?? [GuildInstall];
  if (!installed.includes(isUserInstallOnly(world, channel) ? UserInstall : GuildInstall)) {
    return `/${command.name} is not installed there (the bot is not in that server)`;
  }
  const isOffered = command.contexts?.includes(contextOf(channel)) ?? true;
  if (!isOffered) return `/${command.name} is not offered in such a channel`;
  return mayUse(world, command, user, channel)
    ? undefined
    : `/${command.name} is not offered to ${user.name}, who lacks permissions for it`;
}

/** Without an overwrite `0` leaves it to administrators (docs: Using Default Permissions). */
function mayUse(
  world: World,
  { default_member_permissions: wanted }: APIApplicationCommand,
  user: SimUser,
  channel: SimChannel,
): boolean {
  if (wanted === null || channel.guildId === null) return true;
  const needs = BigInt(wanted) || PermissionFlagsBits.Administrator;
  return (memberPermissions(world, user, channel) & needs) === needs;
}
