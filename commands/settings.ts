import { ApplicationCommandType, MessageFlags } from 'discord.js';
import { tellPrivately } from '../src/discord/answer.ts';
import type { Command, Context, Select } from '../src/discord/command.ts';
import { described, named, places } from '../src/discord/declare.ts';
import { inTime } from '../src/discord/in-time.ts';
import { NO_PREFERENCE, PING, settingsCard } from '../src/discord/settings-card.ts';
import { UserError } from '../src/errors.ts';
import { LOCALES, localeOf } from '../src/locale.ts';
import type { Preferences } from '../src/members/preferences.ts';
import type { Offer } from '../src/offer.ts';
import { Words } from '../src/words.ts';

/** /settings: a member's own defaults, in private. */
export const settings = {
  declare(_offer, where) {
    return {
      type: ApplicationCommandType.ChatInput,
      ...named(({ t }) => t('command.settings.name')),
      ...described(({ t }) => t('command.settings.description')),
      ...places(where),
    };
  },

  async run(interaction, { offer, own, words }) {
    await tellPrivately(interaction, [settingsCard(own, offer, words)]);
  },
} satisfies Command;

/** One of its select menus: saves at once, and shows what is saved. */
export const setting = {
  async choose(interaction, context, name) {
    const [value = ''] = interaction.values;
    const own = await save(interaction.user.id, changeOf(name, value, context.offer), context);
    const words = Words.in(own.locale ?? localeOf(interaction.locale));
    const components = [settingsCard(own, context.offer, words)];
    // It stands on private cards alone: whatever else was used stays as it is.
    if (!interaction.message.flags.has(MessageFlags.Ephemeral)) {
      return tellPrivately(interaction, components);
    }
    await interaction.update({
      flags: MessageFlags.IsComponentsV2,
      components,
      allowedMentions: { parse: [] },
    });
  },
} satisfies Select;

async function save(
  memberId: string,
  change: Partial<Preferences>,
  { answerBy, preferences }: Context,
): Promise<Preferences> {
  try {
    return await inTime(preferences.change(memberId, change), answerBy);
  } catch (cause) {
    throw new UserError(({ t }) => t('refusal.settingsNotSaved'), { cause });
  }
}

/** What a menu's option changes. One that nobody offered takes the setting back. */
function changeOf(name: string, value: string, offer: Offer): Partial<Preferences> {
  switch (name) {
    case 'model':
      return { model: offer.models.find((id) => id === value) };
    case 'length':
      return { durationSecs: /^\d{1,2}$/.test(value) ? Number(value) : undefined };
    case 'shape': {
      const [ratio, sharpness] = value === NO_PREFERENCE ? [] : value.split(' ');
      return {
        aspectRatio: offer.aspectRatios().find((one) => one === ratio),
        resolution: offer.resolutions().find((one) => one === sharpness),
      };
    }
    case 'ping':
      return { wantsPing: value !== PING.off };
    case 'language':
      return { locale: LOCALES.find((one) => one === value) };
    default:
      return {};
  }
}
