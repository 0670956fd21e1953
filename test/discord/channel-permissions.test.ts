import { OverwriteType, PermissionFlagsBits } from 'discord.js';
import { expect, it } from 'vitest';
import { permissionsIn } from '../../src/discord/channel-permissions.ts';

const { ViewChannel, SendMessages, AttachFiles, ReadMessageHistory, Administrator } =
  PermissionFlagsBits;
const BOT = '7';
const EVERYONE = '1';
const NOW = Date.parse('2026-11-22T12:00:00Z');

const change = (id: string, type: OverwriteType, allow: bigint, deny: bigint) => ({
  ...{ id, type, allow, deny },
});
const ofRole = (id: string, allow: bigint, deny: bigint) =>
  change(id, OverwriteType.Role, allow, deny);
const ofMember = (id: string, allow: bigint, deny: bigint) =>
  change(id, OverwriteType.Member, allow, deny);

/** A server with two roles beside @everyone; the bot has the first of them. */
function allowed(
  changes: Parameters<typeof permissionsIn>[2],
  given: { ownerId?: string; role?: bigint; timeOut?: string } = {},
): string[] {
  const guild = {
    ...{ id: EVERYONE, name: 'Paper Boats', owner_id: given.ownerId ?? '9' },
    roles: [
      { id: EVERYONE, permissions: ViewChannel | ReadMessageHistory },
      { id: '2', permissions: given.role ?? SendMessages },
      { id: '3', permissions: AttachFiles },
    ],
  };
  const until = given.timeOut ?? null;
  const member = { user: { id: BOT }, roles: ['2'], communication_disabled_until: until };
  const found = permissionsIn(guild, member, changes, NOW);
  const asked = { ViewChannel, SendMessages, AttachFiles, ReadMessageHistory };
  return Object.entries(asked).flatMap(([name, bit]) => (found.has(bit) ? [name] : []));
}

const USUAL = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'];
const ALL = ['ViewChannel', 'SendMessages', 'AttachFiles', 'ReadMessageHistory'];

it.each([
  ['those of everyone and of its own roles', [], USUAL],
  [
    'less what the channel denies everyone',
    [ofRole(EVERYONE, 0n, SendMessages)],
    ['ViewChannel', 'ReadMessageHistory'],
  ],
  [
    'what a role of its own is allowed, though another is denied it',
    [ofRole(EVERYONE, 0n, SendMessages), ofRole('2', SendMessages | AttachFiles, 0n)],
    ALL,
  ],
  ['nothing of what other roles are allowed', [ofRole('3', AttachFiles, 0n)], USUAL],
  [
    'what is said for itself above what is said for its roles',
    [ofMember(BOT, AttachFiles, SendMessages), ofRole('2', SendMessages, AttachFiles)],
    ['ViewChannel', 'AttachFiles', 'ReadMessageHistory'],
  ],
  ['nothing of what is said for another member', [ofMember('8', 0n, ViewChannel)], USUAL],
  ['nothing where it can’t see the channel', [ofRole('2', 0n, ViewChannel)], []],
] as const)('a member may do %s', (_what, changes, may) => {
  expect(allowed([...changes])).toEqual(may);
});

it('an administrator and the owner may do everything', () => {
  const denied = [ofRole(EVERYONE, 0n, ViewChannel)];
  expect(allowed(denied, { role: Administrator })).toEqual(ALL);
  expect(allowed(denied, { ownerId: BOT })).toEqual(ALL);
});

it('a member in time-out may only read, until it is over', () => {
  expect(allowed([], { timeOut: '2026-11-22T12:00:01Z' })).toEqual([
    'ViewChannel',
    'ReadMessageHistory',
  ]);
  expect(allowed([], { timeOut: '2026-11-22T11:59:59Z' })).toEqual(USUAL);
});
