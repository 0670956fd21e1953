import { readFile } from 'node:fs/promises';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Discord, Member } from '../discord/discord.ts';
import { MEMBER_PERMISSIONS } from '../discord/permissions.ts';
import type { PersonName } from '../page-protocol/choices.ts';

const { ManageGuild, ManageMessages } = PermissionFlagsBits;

/** Everyone one can be: who asks, somebody else, and the server's manager, who owns the bot too. */
export type Cast = Record<PersonName, Member>;

/** Brings them into the server, each with what they may do there. */
export function castOf(discord: Discord): Cast {
  const crew = discord.addRole({ name: 'crew' });
  // For those who manage the server: nobody else sees it.
  const log = discord.addChannel({ name: 'video-log' });
  const permissionsIn = () => new Map([[log, 0n]]);
  return {
    mia: discord.member({ name: 'mia', permissionsIn: permissionsIn() }),
    ben: discord.member({ name: 'ben', permissionsIn: permissionsIn(), roles: [crew] }),
    olive: discord.member({
      id: discord.ownerId,
      name: 'olive',
      permissions: MEMBER_PERMISSIONS | ManageGuild | ManageMessages,
    }),
  };
}

/** What stands in the channel when the curtain rises: a picture to animate. */
export async function sayHello({ ben }: Cast): Promise<void> {
  const bytes = await readFile(new URL('../media/paper-boat.jpg', import.meta.url));
  await ben.say('Look what I folded!', {
    files: [{ name: 'boat.jpg', bytes, contentType: 'image/jpeg', width: 1024, height: 576 }],
  });
}
