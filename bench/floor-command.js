import { ApplicationCommandOptionType } from 'discord.js';

const { Attachment, Boolean: YesNo, Integer, String: Text } = ApplicationCommandOptionType;

const choices = (...values) => values.map((value) => ({ name: value, value }));

const reference = (nr) => ({
  name: `reference${nr}`,
  description: `Reference ${nr}: a picture, a clip or a sound`,
  type: Attachment,
});

/** The command of the bots beside ours: the same options, in one language. */
export const video = {
  name: 'video',
  description: 'Make a video',
  options: [
    { name: 'prompt', description: 'What is to be seen', type: Text, maxLength: 2000 },
    ...[1, 2, 3, 4, 5].map(reference),
    {
      name: 'model',
      description: 'Model',
      type: Text,
      choices: choices('seedance-2.0', 'seedance-2.0-fast', 'seedance-1.5-pro'),
    },
    { name: 'duration', description: 'Seconds', type: Integer, minValue: 4, maxValue: 15 },
    {
      name: 'aspect_ratio',
      description: 'Shape',
      type: Text,
      choices: choices('16:9', '9:16', '1:1'),
    },
    {
      name: 'resolution',
      description: 'Resolution',
      type: Text,
      choices: choices('480p', '720p', '1080p'),
    },
    { name: 'private', description: 'For me alone', type: YesNo },
  ],
};
