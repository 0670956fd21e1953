import { once } from 'node:events';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  ComponentType,
  ContainerBuilder,
  ContainerComponent,
  Events,
  type Interaction,
  MediaGalleryBuilder,
  MediaGalleryItemBuilder,
  MessageFlags,
  Routes,
  SlashCommandBuilder,
  TextDisplayBuilder,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Discord, startDiscord } from '../../simulator/discord/discord.ts';
import { login } from './discord-login.ts';

const PICTURE = { name: 'boat.png', bytes: Buffer.from('picture'), width: 640, height: 480 };
const VIDEO = Buffer.from('video bytes');

describe('a real discord.js client', () => {
  let discord: Discord;
  let client: Client<true>;

  beforeEach(async () => {
    discord = await startDiscord();
    client = await login(discord);
    const command = new SlashCommandBuilder()
      .setName('video')
      .setDescription('Make a video.')
      .addStringOption((option) =>
        option.setName('prompt').setDescription('What to show').setRequired(true),
      )
      .addAttachmentOption((option) => option.setName('reference1').setDescription('A picture'))
      .addIntegerOption((option) =>
        option.setName('duration').setDescription('Seconds').setAutocomplete(true),
      );
    await client.application.commands.set([command]);
  });

  afterEach(async () => {
    await client.destroy();
    await discord.close();
  });

  it('answers a command, attaches a video to the answer and answers a click', async () => {
    client.on(Events.InteractionCreate, (interaction) => {
      handled(interaction);
    });
    const mia = discord.member({ name: 'Mia' });
    const asked = await mia.slash('video', { prompt: 'A paper boat', reference1: PICTURE });
    const { message, type, ephemeral } = await asked.response;
    expect({ type, ephemeral }).toEqual({ type: 4, ephemeral: false });
    const card = await discord.waitFor(() => message?.video() && message, { what: 'the video' });
    expect(card.video()).toMatchObject({ attached: true, bytes: VIDEO });
    expect(card.text()).toContain('A paper boat');
    expect(card.attachments).toEqual([]);
    expect(card.edits).toBe(1);
    expect(card.accent()).toBe(0x00ff00);
    const clicked = await mia.click(card, 'again:1');
    const refusal = await clicked.response;
    expect(refusal).toMatchObject({ type: 4, ephemeral: true });
    expect(refusal.message?.text()).toBe('empty: 0, media: 1');
    expect(discord.state.violations).toEqual([]);
    expect(discord.state.pings).toEqual([]);
  });

  it('offers choices, opens a modal and reads what was filled in', async () => {
    client.on(Events.InteractionCreate, (interaction) => {
      handled(interaction);
    });
    const mia = discord.member({ name: 'Mia' });
    expect(await mia.autocomplete('video', 'duration', { duration: 5 })).toEqual([
      { name: '5 s', value: 5 },
    ]);
    const asked = await mia.slash('video', { prompt: 'form' });
    const { modal } = await asked.response;
    expect(modal?.title).toBe('Your video');
    const submitted = await mia.submitModal(asked, {
      text: 'A new prompt',
      model: ['two'],
      files: [PICTURE],
    });
    const { message } = await submitted.response;
    expect(message?.content).toBe('A new prompt, two, boat.png');
    expect(discord.state.violations).toEqual([]);
  });

  it('resumes a dropped session and gets what it missed', async () => {
    client.on(Events.InteractionCreate, (interaction) => {
      handled(interaction);
    });
    discord.dropGateway();
    const asked = await discord.member().slash('video', { prompt: 'While you were away' });
    expect((await asked.response).type).toBe(4);
    const [session] = discord.state.gatewaySessions;
    expect(discord.state.gatewaySessions).toHaveLength(1);
    expect(session).toMatchObject({ resumes: 1, connected: true });
  });

  it('reconnects when it is asked to', async () => {
    const resumed = once(client, Events.ShardResume);
    discord.askReconnect();
    await resumed;
    expect(discord.state.gatewaySessions).toMatchObject([{ resumes: 1, connected: true }]);
  });

  it('reads the bot, the application and the channel', async () => {
    const application = await client.application.fetch();
    expect(application.owner?.id).toBe(discord.ownerId);
    expect(await client.rest.get(Routes.channel(discord.channelId))).toMatchObject({ type: 0 });
    const [command] = (await client.application.commands.fetch()).values();
    expect(command?.options.map((option) => option.name)).toEqual([
      'prompt',
      'reference1',
      'duration',
    ]);
  });
});

function handled(interaction: Interaction): void {
  handle(interaction).catch((error: unknown) =>
    interaction.client.emit('error', Error(`${error}`)),
  );
}

async function handle(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    const value = Number(interaction.options.getFocused());
    await interaction.respond([{ name: `${value} s`, value }]);
  } else if (interaction.isModalSubmit()) {
    const { fields } = interaction;
    const file = fields.getUploadedFiles('files', true).first();
    const model = fields.getStringSelectValues('model').join();
    const content = `${fields.getTextInputValue('text')}, ${model}, ${file?.name}`;
    await interaction.reply({ content, allowedMentions: { parse: [] } });
  } else if (interaction.isButton()) {
    const { attachments, components } = interaction.message;
    const galleries = components.flatMap((part) =>
      part instanceof ContainerComponent
        ? part.components.filter((inner) => inner.type === ComponentType.MediaGallery)
        : [],
    );
    const content = `empty: ${attachments.size}, media: ${galleries.length}`;
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  } else if (interaction.isChatInputCommand()) {
    if (interaction.options.getString('prompt') === 'form') await showForm(interaction);
    else await makeVideo(interaction);
  }
}

async function showForm(
  interaction: Extract<Interaction, { showModal: unknown; options: unknown }>,
): Promise<void> {
  const field = (label: string, component: object) => ({ type: 18, label, component });
  await interaction.client.rest.post(
    Routes.interactionCallback(interaction.id, interaction.token),
    {
      auth: false,
      body: {
        type: 9,
        data: {
          custom_id: 'form',
          title: 'Your video',
          components: [
            field('Prompt', { type: 4, custom_id: 'text', style: 2 }),
            field('Model', {
              type: 3,
              custom_id: 'model',
              options: [
                { label: 'One', value: 'one' },
                { label: 'Two', value: 'two' },
              ],
            }),
            field('References', { type: 19, custom_id: 'files', required: false }),
          ],
        },
      },
    },
  );
}

async function makeVideo(
  interaction: Extract<Interaction, { commandName: string; reply: unknown }>,
): Promise<void> {
  const container = () =>
    new ContainerBuilder()
      .setAccentColor(0x00ff00)
      .addTextDisplayComponents(new TextDisplayBuilder().setContent('A paper boat <@1>'));
  const reply = await interaction.reply({
    flags: MessageFlags.IsComponentsV2,
    components: [container()],
    withResponse: true,
    allowedMentions: { parse: [] },
  });
  if (reply.resource?.message?.id === undefined) throw new Error('no message came back');
  const gallery = new MediaGalleryBuilder().addItems(
    new MediaGalleryItemBuilder().setURL('attachment://boat.mp4').setDescription('AI video'),
  );
  const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('again:1').setLabel('Again').setStyle(ButtonStyle.Secondary),
  );
  await interaction.editReply({
    components: [container().addMediaGalleryComponents(gallery).addActionRowComponents(row)],
    files: [{ attachment: VIDEO, name: 'boat.mp4' }],
  });
}
