import { describe, expect, test } from 'vitest';
import type { Member, SimMessage } from '../../simulator/discord/discord.ts';
import type { Where } from '../../simulator/discord/member.ts';
import { directly, privateAnswer, publicMessages } from './conversation.ts';
import { shareWorld, type World } from './world.ts';

const PRIVACY_URL = 'https://example.org/privacy';
const SUPPORT_URL = 'https://example.org/support?from=help';

const shared = shareWorld({ settings: { PRIVACY_URL, SUPPORT_URL } });

/** Types /help. */
async function helpFor(world: World, member: Member, where: Where = {}): Promise<SimMessage> {
  return privateAnswer(world, await member.slash('help', {}, where));
}

test('says what there is to do, what is allowed and where words and files go, in private', async () => {
  const world = shared();
  const member = world.discord.member();
  for (const where of [{}, directly(world, member)]) {
    const help = await helpFor(world, member, where);
    expect(help.ephemeral).toBe(true);
    for (const named of ['`/video`', '`/videos`', '`/settings`', '**Animate**']) {
      expect(help.text()).toContain(named);
    }
    expect(help.text()).toContain('no real people without their consent');
    expect(help.text()).toContain('seedance2.ink');
  }
  expect(publicMessages(world)).toEqual([]);
});

test('leads to privacy and support', async () => {
  const world = shared();
  const help = await helpFor(world, world.discord.member());
  expect(help.buttons()).toMatchObject([
    { label: 'Privacy', url: PRIVACY_URL },
    { label: 'Support', url: SUPPORT_URL },
  ]);
});

describe('leads nowhere that its owner does not name', () => {
  const neither = shareWorld();
  const one = shareWorld({ settings: { SUPPORT_URL } });

  test('to neither', async () => {
    const help = await helpFor(neither(), neither().discord.member());
    expect(help.buttons()).toEqual([]);
  });

  test('to one of them', async () => {
    const help = await helpFor(one(), one().discord.member());
    expect(help.buttons()).toMatchObject([{ label: 'Support', url: SUPPORT_URL }]);
  });
});

test.each([
  ['en-GB', 'Privacy'],
  ['de', 'Privacy'],
  ['zh-CN', '隐私'],
  ['zh-TW', '隱私'],
  ['ja', 'プライバシー'],
  ['es-ES', 'Privacidad'],
  ['es-419', 'Privacidad'],
  ['pt-BR', 'Privacidade'],
])('is in the language of who reads it: %s', async (locale, words) => {
  const world = shared();
  const member = world.discord.member({ locale });
  const help = await helpFor(world, member);
  expect(help.text()).toContain(words);
  // Commands are called as they stand in the menu that this member types in.
  for (const { name, shownName } of member.commands()) {
    if (['video', 'videos', 'settings'].includes(name))
      expect(help.text()).toContain(`\`/${shownName}\``);
  }
});
