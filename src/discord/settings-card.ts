import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { LANGUAGE_NAMES, LOCALES } from '../locale.ts';
import type { Preferences } from '../members/preferences.ts';
import { MODELS } from '../models.ts';
import type { Offer } from '../offer.ts';
import type { Words } from '../words.ts';
import { button, buttonRow } from './buttons.ts';
import { container, text } from './card.ts';
import { lengthsOf, shapesOf, shapeValue } from './choices.ts';

/** The option that takes a setting back. */
export const NO_PREFERENCE = '-';
export const PING = { on: 'on', off: 'off' } as const;

/** What a member has set, each as a select menu that saves at once: `settings:model`. */
export function settingsCard(own: Preferences, offer: Offer, words: Words): APIContainerComponent {
  const { t } = words;
  const models = offer.models.map((id) => ({ value: id, label: MODELS[id].label }));
  const lengths = lengthsOf(offer).map((seconds) => ({
    value: String(seconds),
    label: t('seconds', { count: seconds }),
  }));
  const languages = LOCALES.map((locale) => ({ value: locale, label: LANGUAGE_NAMES[locale] }));
  const none = { value: NO_PREFERENCE, label: t('settings.usual') };
  const shape = own.aspectRatio && own.resolution && shapeValue(own.aspectRatio, own.resolution);
  return container('blurple', [
    text(`**${t('settings.title')}**`, t('settings.intro')),
    ...menu('model', t('settings.model'), [none, ...models], own.model),
    ...menu('length', t('settings.length'), [none, ...lengths], own.durationSecs?.toString()),
    ...menu('shape', t('settings.shape'), [none, ...shapesOf(offer, words)], shape),
    ...menu(
      'ping',
      t('settings.ping'),
      [
        { value: PING.on, label: t('settings.pingOn') },
        { value: PING.off, label: t('settings.pingOff') },
      ],
      own.wantsPing ? PING.on : PING.off,
    ),
    ...menu(
      'language',
      t('settings.language'),
      [{ value: NO_PREFERENCE, label: t('settings.asInDiscord') }, ...languages],
      own.locale,
    ),
    buttonRow(button('forget', t('button.deleteData'), ButtonStyle.Danger)),
  ]);
}

function menu(
  name: string,
  title: string,
  options: APISelectMenuOption[],
  chosen: string | undefined,
): APIComponentInContainer[] {
  // What is no longer on offer counts for nothing, and shows as that.
  const isOffered = options.some(({ value }) => value === chosen);
  const shown = isOffered ? chosen : NO_PREFERENCE;
  return [
    text(title),
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: `settings:${name}`,
          options: options.map((option) => ({ ...option, default: option.value === shown })),
        },
      ],
    },
  ];
}
