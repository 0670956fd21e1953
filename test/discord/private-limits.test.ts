import {
  type APIMessageTopLevelComponent,
  ButtonStyle,
  InteractionResponseType,
  MessageFlags,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { surface } from '../../commands/index.ts';
import { answerPrivately } from '../../src/discord/answer.ts';
import { askFor } from '../../src/discord/ask-for.ts';
import { button } from '../../src/discord/buttons.ts';
import { postPing } from '../../src/discord/ping.ts';
import { LOCALES } from '../../src/locale.ts';
import type { GivenFile, GivenVideo } from '../../src/members/form-drafts.ts';
import { Words } from '../../src/words.ts';
import { aJob, NOON } from '../jobs/a-job.ts';
import { aContext } from './a-context.ts';
import { aClient, aCommand } from './an-interaction.ts';
import { buttons, textOf } from './components.ts';
import { expectMessageToFit, expectToBePublished } from './discord-limits.ts';
import { randomFrom, SEED, textIn, WRITINGS } from './random-text.ts';

const ID = '18446744073709551615';
const LINK = `https://example.org/${'x'.repeat(492)}`;

const answer = z.object({
  type: z.literal(InteractionResponseType.ChannelMessageWithSource),
  data: z.object({
    flags: z.literal(MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral),
    components: z.array(z.custom<APIMessageTopLevelComponent>()),
    allowed_mentions: z.object({ parse: z.tuple([]) }),
  }),
});

/** Lets the bot answer a command, and gives what only its member sees: it fits, whatever it is. */
async function privateAnswer(
  act: (interaction: ReturnType<typeof aCommand>) => Promise<void>,
  id = ID,
): Promise<APIMessageTopLevelComponent[]> {
  const { client, sent } = aClient();
  await act(aCommand(client, { id }));
  expect(sent.map(({ to }) => to)).toEqual(['callback']);
  const { components } = answer.parse(sent[0]?.body).data;
  expectToBePublished('reply', sent[0]?.body);
  expectMessageToFit(...components);
  return components;
}

function picture(name: string): GivenFile {
  const url = 'https://cdn.discordapp.com/a.png';
  return { name, url, contentType: 'image/png', sizeBytes: 1, width: 9999, height: 1 };
}

describe.each(LOCALES)(`with the seed ${SEED}, in %s`, (locale) => {
  const words = Words.in(locale);

  it.each(WRITINGS)('a refusal fits, and gives the words back: %s', async (writing) => {
    const random = randomFrom(SEED);
    const context = await aContext({ words }, { member: { day: { videos: 0 } } });
    const prompt = textIn(writing, 2000, random);
    const name = `${textIn(writing, 260, random)}.png`;
    const given = { prompt, files: [], isPrivate: false };
    const wrong: [GivenVideo, string[]][] = [
      [{ ...given, prompt: textIn(writing, 4000, random) }, ['reopen']],
      [{ ...given, model: 'seedance-1.5-pro', durationSecs: 7 }, ['mend', 'mend', 'reopen']],
      [{ ...given, files: [picture(name)] }, ['reopen']],
      [{ ...given, files: [picture(`${name}.exe`)] }, ['reopen']],
      [given, ['mend', 'reopen']],
    ];
    for (const [given, mends] of wrong) {
      const said = await privateAnswer(async (interaction) => {
        expect(await askFor(interaction, { given, files: 'none' }, context)).toBe('refused');
      });
      expect(textOf(...said)).toContain(words.t('sent.yourPrompt'));
      expect(buttons(...said).map(([, id]) => String(id).split(':')[0])).toEqual(mends);
    }
  });

  it('/help fits', async () => {
    const context = await aContext({ words, links: { privacy: LINK, support: LINK } });
    const said = await privateAnswer((interaction) =>
      surface.commands.help.run(interaction, context),
    );
    expect(buttons(...said)).toEqual([
      [words.t('button.privacy'), LINK],
      [words.t('button.support'), LINK],
    ]);
  });

  it('/settings fits', async () => {
    const context = await aContext({ words });
    await privateAnswer((interaction) => surface.commands.settings.run(interaction, context));
  });

  it.each([
    ['more.deleteAsk', 'button.deleteSure'],
    ['more.anywayAsk', 'button.tryAnywaySure'],
    ['settings.deleteAsk', 'button.deleteDataSure'],
    ['refusal.noRecord', 'button.makeAnother'],
  ] as const)('%s fits, with %s', async (say, label) => {
    const sure = button(`anyway-sure:${ID}`, words.t(label), ButtonStyle.Danger);
    await privateAnswer((interaction) =>
      answerPrivately(interaction, words.t(say), { words, buttons: [sure] }),
    );
  });

  it.each(['succeeded', 'unconfirmed'] as const)('a ping fits: %s', async (kind) => {
    const { client, sent } = aClient();
    const job = aJob({ id: ID, memberId: ID, locale, outcome: { kind, url: LINK } });
    await postPing(client.rest, job, NOON);
    const [ping] = sent;
    expectToBePublished('createMessage', ping?.body);
    expect(ping?.body).toMatchObject({
      content: expect.stringContaining(`<@${ID}>`),
      allowed_mentions: { users: [ID] },
      nonce: expect.stringMatching(/^.{1,25}$/),
    });
  });
});
