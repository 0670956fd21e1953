import type { TaskEnd } from './task.ts';

/**
 * Words in a prompt that make the service refuse it for its content, for demos and tests:
 *
 * - `[[refuse prompt]]`: the video itself is found sensitive
 * - `[[refuse reference N]]`: the Nth reference shows a real person
 */
export function contentRefusal(prompt: string): TaskEnd | undefined {
  if (prompt.includes('[[refuse prompt]]')) {
    return {
      status: 'failed',
      error: {
        code: 'OutputVideoSensitiveContentDetected',
        message: 'The request failed because the output video may contain sensitive information.',
      },
    };
  }
  const nth = /\[\[refuse reference (\d)\]\]/.exec(prompt)?.[1];
  if (!nth) return undefined;
  return {
    status: 'failed',
    error: {
      code: 'InputImageSensitiveContentDetected.PrivacyInformation',
      message: `content[${nth}] may contain a real person`,
    },
  };
}
