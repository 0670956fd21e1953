import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
} from 'discord-api-types/v10';
import { apiBotUser } from './api-users.ts';
import { type Chooser, resolveOffered } from './resolve-chosen.ts';
import type { World } from './world.ts';

/** A person, a role or a channel that can be chosen. */
interface Choosable {
  shownName: string;
  value: string;
}

/** Gives the people, roles or channels that a client offers for an option; none for other options. */
export function offeredChoices(
  world: World,
  chooser: Chooser,
  option: APIApplicationCommandOption,
): Choosable[] {
  const all = everyone(world, option.type);
  return all.filter(({ value }) => resolveOffered(world, chooser, option, value) !== undefined);
}

function everyone(world: World, type: ApplicationCommandOptionType): Choosable[] {
  switch (type) {
    case ApplicationCommandOptionType.User: {
      const people = [...world.users.values()].map(({ id, name }) => ({ id, name }));
      const bot = { id: world.botUserId, name: apiBotUser(world).username };
      return [...people, bot].map(({ id, name }) => ({ shownName: name, value: id }));
    }
    case ApplicationCommandOptionType.Role:
      return [...world.roles.values()].map(({ id, name }) => ({
        shownName: name.startsWith('@') ? name : `@${name}`,
        value: id,
      }));
    case ApplicationCommandOptionType.Channel:
      return [...world.channels.values()].map(({ id, name }) => ({
        shownName: `#${name}`,
        value: id,
      }));
    default:
      return [];
  }
}
