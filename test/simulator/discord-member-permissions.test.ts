import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, type Member, startDiscord } from '../../simulator/discord/discord.ts';
import { call, post } from './discord-http.ts';
import { listen } from './discord-listener.ts';

let discord: Discord;
let mia: Member;

beforeEach(async () => {
  discord = await startDiscord();
  mia = discord.member({ name: 'Mia' });
});

afterEach(() => discord.close());

const put = (...commands: object[]) =>
  call(discord, 'PUT', `/applications/${discord.applicationId}/commands`, commands);

describe('a command for those with permissions', () => {
  const register = (permissions: string) =>
    put(
      { name: 'limits', description: 'For managers', default_member_permissions: permissions },
      { type: 3, name: 'Report', default_member_permissions: permissions },
    );

  /** Whether a member's client offers the command, and the one in the menu of a message. */
  async function mayUse(member: Member, where = {}): Promise<boolean> {
    const message = await post(discord, { content: 'a boat' });
    const tried = await Promise.allSettled([
      member.slash('limits', {}, where),
      member.messageCommand('Report', message, where),
    ]);
    const offered = member.commands(where).length;
    const sent = tried.filter(({ status }) => status === 'fulfilled').length;
    expect(sent).toBe(offered);
    return sent === 2;
  }

  it('is offered to them alone', async () => {
    const { ManageGuild, ManageMessages, Administrator } = PermissionFlagsBits;
    await register(String(ManageGuild));
    expect(await mayUse(mia)).toBe(false);
    expect(await mayUse(discord.member({ permissions: ManageMessages }))).toBe(false);
    expect(await mayUse(discord.member({ permissions: ManageGuild }))).toBe(true);
    expect(await mayUse(discord.member({ permissions: Administrator }))).toBe(true);
    const role = discord.addRole({ permissions: ManageGuild });
    const elsewhere = discord.addRole({
      guildId: discord.otherGuildId,
      permissions: ManageGuild,
    });
    expect(await mayUse(discord.member({ roles: [role] }))).toBe(true);
    expect(await mayUse(discord.member({ roles: [elsewhere] }))).toBe(false);
    await expect(mia.slash('limits', {})).rejects.toThrow('Mia, who lacks');
    expect((await mia.slash('limits', {}, { raw: true })).id).toMatch(/^\d+$/);
  });

  it('is for administrators alone where it says 0, and for everyone in direct messages', async () => {
    await register('0');
    const { ManageGuild, Administrator } = PermissionFlagsBits;
    expect(await mayUse(discord.member({ permissions: ManageGuild }))).toBe(false);
    expect(await mayUse(discord.member({ permissions: Administrator }))).toBe(true);
    expect(await mayUse(mia, { channelId: discord.dmOf(mia).channelId })).toBe(true);
  });
});

describe('who a member is', () => {
  it('is told with their roles in that server, and all that these let them do', async () => {
    await put({ name: 'limits', description: 'For everyone' });
    const next = await listen(discord);
    const crew = discord.addRole({ permissions: PermissionFlagsBits.ManageMessages });
    const boss = discord.addRole({ permissions: PermissionFlagsBits.Administrator });
    const abroad = discord.addRole({ guildId: discord.otherGuildId });
    const told = async (...roles: string[]) => {
      await discord.member({ roles }).slash('limits', {});
      const member = Object((await next()).member);
      return { roles: member.roles, may: BigInt(member.permissions) };
    };
    const ofCrew = await told(crew, abroad);
    expect(ofCrew.roles).toEqual([crew]);
    expect(ofCrew.may & PermissionFlagsBits.ManageMessages).not.toBe(0n);
    expect(ofCrew.may & PermissionFlagsBits.BanMembers).toBe(0n);
    expect((await told(boss)).may & PermissionFlagsBits.BanMembers).not.toBe(0n);
  });

  it('is told with an account as old as it is said to be', async () => {
    const accountMadeAt = Date.UTC(2020, 1, 29);
    const [old, alsoOld] = [discord.member({ accountMadeAt }), discord.member({ accountMadeAt })];
    expect(old.id).not.toBe(alsoOld.id);
    const madeAt = ({ id }: Member) => Number(BigInt(id) >> 22n) + 1_420_070_400_000;
    expect([old, alsoOld].map(madeAt)).toEqual([accountMadeAt, accountMadeAt]);
    expect(Date.now() - madeAt(mia)).toBeLessThan(60_000);
  });
});
