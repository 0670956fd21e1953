const names = {
  duration: ['dur', 'duration'],
  resolution: ['rs', 'resolution'],
  aspectRatio: ['rt', 'ratio'],
  other: ['seed', 'wm', 'watermark', 'cf', 'camerafixed', 'fps', 'framespersecond'],
};

/** What the flags in a prompt say: `found` holds all, the other fields those that cost. */
export interface PromptFlags {
  found: Record<string, string>;
  duration?: number;
  resolution?: string;
  aspectRatio?: string;
}

/**
 * Reads `--flag value` in a prompt as upstream does. Upstream obeys them at the end of the text;
 * here they count anywhere, so that none slips through unseen.
 */
export function takeFlags(prompt: string): PromptFlags {
  const all = Object.values(names).flat().join('|');
  const pattern = new RegExp(`(?:^|\\s)--(${all})[\\s=]+(\\S+)`, 'gi');
  const flags: PromptFlags = { found: {} };
  for (const [, name = '', value = ''] of prompt.matchAll(pattern)) {
    const flag = name.toLowerCase();
    flags.found[flag] = value;
    if (names.duration.includes(flag) && Number(value) > 0) flags.duration = Number(value);
    if (names.resolution.includes(flag)) flags.resolution = value;
    if (names.aspectRatio.includes(flag)) flags.aspectRatio = value;
  }
  return flags;
}
