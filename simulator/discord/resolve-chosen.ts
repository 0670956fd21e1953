import {
  type APIApplicationCommandOption,
  type APIInteractionGuildMember,
  type APIUser,
  ApplicationCommandOptionType,
} from 'discord-api-types/v10';
import { apiPartialChannel } from './api-channel.ts';
import { apiRole } from './api-role.ts';
import { apiBotMember, apiBotUser, apiMember, apiUser } from './api-users.ts';
import type { SentOption } from './command-options.ts';
import { appPermissions, memberPermissions } from './permissions.ts';
import { canView } from './seeing.ts';
import type { SimChannel, SimUser, World } from './world.ts';

/** Who chooses, and where. */
export interface Chooser {
  user: SimUser;
  channel: SimChannel;
}

/** What the ids of chosen people, roles and channels stand for (docs: Resolved Data Structure). */
interface Resolved {
  users: Record<string, APIUser>;
  members: Record<string, Omit<APIInteractionGuildMember, 'user' | 'deaf' | 'mute'>>;
  roles: Record<string, ReturnType<typeof apiRole>>;
  channels: Record<string, ReturnType<typeof apiPartialChannel>>;
}

/**
 * Gives what the chosen ids stand for. Throws for what a client does not offer: somebody who is not
 * there, a role or a channel of another server, a channel that the member cannot see or that is of a
 * kind the option does not take. If `raw`, such an id stands for nothing.
 */
export function resolveChosen(
  world: World,
  chooser: Chooser,
  declared: readonly APIApplicationCommandOption[],
  sent: readonly SentOption[],
  raw: boolean,
): Partial<Resolved> {
  const resolved: Resolved = { users: {}, members: {}, roles: {}, channels: {} };
  for (const { name, type, value } of sent) {
    if (!isChosen(type)) continue;
    const option = declared.find((one) => one.name === name) ?? { type };
    const found = raw
      ? resolveOne(world, chooser, type, String(value))
      : resolveOffered(world, chooser, option, String(value));
    if (!raw && found === undefined) throw new Error(`${name} does not offer ${value}`);
    Object.assign(resolved.users, found?.users);
    Object.assign(resolved.members, found?.members);
    Object.assign(resolved.roles, found?.roles);
    Object.assign(resolved.channels, found?.channels);
  }
  const present = Object.entries(resolved).filter(([, byId]) => Object.keys(byId).length > 0);
  return Object.fromEntries(present);
}

/** Gives what an id stands for; undefined if a client does not offer it for the option. */
export function resolveOffered(
  world: World,
  chooser: Chooser,
  option: Offering,
  id: string,
): Partial<Resolved> | undefined {
  if (!isChosen(option.type)) return undefined;
  const found = resolveOne(world, chooser, option.type, id);
  const types = option.channel_types ?? [];
  const isTaken = ({ type }: { type: number }) => types.length === 0 || types.includes(type);
  return Object.values(found?.channels ?? {}).every(isTaken) ? found : undefined;
}

/** An option, and the kinds of channels that it takes. */
interface Offering {
  type: ApplicationCommandOptionType;
  channel_types?: readonly number[];
}

const { User, Channel, Role } = ApplicationCommandOptionType;
type Chosen = typeof User | typeof Channel | typeof Role;

function isChosen(type: ApplicationCommandOptionType): type is Chosen {
  return type === User || type === Channel || type === Role;
}

function resolveOne(
  world: World,
  chooser: Chooser,
  type: Chosen,
  id: string,
): Partial<Resolved> | undefined {
  switch (type) {
    case User:
      return resolveUser(world, chooser.channel, id);
    case Role: {
      const role = world.roles.get(id);
      if (role === undefined || role.guildId !== chooser.channel.guildId) return undefined;
      return { roles: { [id]: apiRole(world, role) } };
    }
    case Channel:
      return resolveChannel(world, chooser, id);
  }
}

function resolveUser(world: World, channel: SimChannel, id: string): Partial<Resolved> | undefined {
  const user = world.users.get(id);
  const isBot = id === world.botUserId;
  if (user === undefined && !isBot) return undefined;
  const users = { [id]: user === undefined ? apiBotUser(world) : apiUser(user) };
  if (channel.guildId === null) return { users };
  const whole = user === undefined ? apiBotMember(world, channel) : apiMember(world, user, channel);
  const { user: _user, deaf: _deaf, mute: _mute, ...member } = whole;
  return { users, members: { [id]: member } };
}

function resolveChannel(world: World, { user, channel }: Chooser, id: string) {
  const chosen = world.channels.get(id);
  if (chosen === undefined || chosen.guildId === null) return undefined;
  if (chosen.guildId !== channel.guildId || !canView(world, user, chosen)) return undefined;
  const member = memberPermissions(world, user, chosen);
  const app = appPermissions(world, chosen);
  return { channels: { [id]: apiPartialChannel(chosen, { member, app }) } };
}
