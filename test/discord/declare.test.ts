import {
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { surface } from '../../commands/index.ts';
import type { Availability } from '../../src/discord/command.ts';
import { declare } from '../../src/discord/declare.ts';
import { LOCALES } from '../../src/locale.ts';
import { MODEL_IDS } from '../../src/models.ts';
import { offerOf } from '../../src/offer.ts';
import { Words } from '../../src/words.ts';

const offer = offerOf({ allowedModels: MODEL_IDS, maxDurationSecs: 15, maxResolution: '1080p' });
const { GuildInstall, UserInstall } = ApplicationIntegrationType;
const { Guild, BotDM, PrivateChannel } = InteractionContextType;

const DISCORDS = {
  'zh-CN': ['zh-CN'],
  'zh-TW': ['zh-TW'],
  ja: ['ja'],
  'es-ES': ['es-ES', 'es-419'],
  'pt-BR': ['pt-BR'],
};

describe('what is registered', () => {
  it.each<[Availability, number[], number[]]>([
    [{ guildsOnly: false, userInstall: false, takesReports: true }, [GuildInstall], [Guild, BotDM]],
    [
      { guildsOnly: false, userInstall: true, takesReports: true },
      [GuildInstall, UserInstall],
      [Guild, BotDM, PrivateChannel],
    ],
    [{ guildsOnly: true, userInstall: false, takesReports: true }, [GuildInstall], [Guild]],
    [
      { guildsOnly: true, userInstall: true, takesReports: true },
      [GuildInstall, UserInstall],
      [Guild],
    ],
  ])(
    'with %j, is the same five commands, Animate and Report video',
    (where, integrationTypes, contexts) => {
      const all = declare(surface, offer, where);
      expect(all.map(({ type, name }) => [type, name])).toEqual([
        [ApplicationCommandType.ChatInput, 'video'],
        [ApplicationCommandType.ChatInput, 'videos'],
        [ApplicationCommandType.ChatInput, 'settings'],
        [ApplicationCommandType.ChatInput, 'help'],
        [ApplicationCommandType.ChatInput, 'video-admin'],
        [ApplicationCommandType.Message, 'Animate'],
        [ApplicationCommandType.Message, 'Report video'],
      ]);
      for (const command of all.filter(
        ({ name }) => !['video-admin', 'Report video'].includes(name),
      )) {
        expect(command.integration_types).toEqual(integrationTypes);
        expect(command.contexts).toEqual(contexts);
      }
    },
  );

  it('is for those who manage a server, and there alone, what is theirs', () => {
    const all = declare(surface, offer, {
      guildsOnly: false,
      userInstall: true,
      takesReports: true,
    });
    expect(all.find(({ name }) => name === 'video-admin')).toMatchObject({
      default_member_permissions: String(PermissionFlagsBits.ManageGuild),
      integration_types: [GuildInstall],
      contexts: [Guild],
    });
  });

  it.each(['en', ...Object.values(DISCORDS).flat()])(
    'has in %s subcommands and options of different names',
    (code) => {
      const { options } = surface.commands['video-admin'].declare();
      for (const group of [options, ...options.map((one) => Object(one).options ?? [])]) {
        const named = group.map(
          (one: APIApplicationCommandOption) => Object(one.name_localizations)[code] ?? one.name,
        );
        expect(new Set(named).size).toBe(group.length);
      }
    },
  );

  it('is each under the name that the router looks for', () => {
    const named = declare(surface, offer, {
      guildsOnly: false,
      userInstall: false,
      takesReports: true,
    });
    expect(named.map(({ name }) => name)).toEqual([
      ...Object.keys(surface.commands),
      ...Object.keys(surface.messageCommands),
    ]);
  });

  it.each(Object.entries(DISCORDS))('is said in %s where Discord is in %j', (ours, theirs) => {
    const locale = LOCALES.find((one) => one === ours) ?? 'en';
    const { t } = Words.in(locale);
    const [, videos, , , , animate] = declare(surface, offer, {
      guildsOnly: false,
      userInstall: false,
      takesReports: true,
    });
    for (const code of theirs) {
      expect(videos).toMatchObject({
        name_localizations: { [code]: t('command.videos.name') },
        description_localizations: { [code]: t('command.videos.description') },
      });
      expect(animate).toMatchObject({
        name_localizations: { [code]: t('command.animate.name') },
      });
    }
  });
});
