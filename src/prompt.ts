/**
 * Upstream reads flags in a prompt's text (`--dur 15`, `--rs 1080p`), and they override what is paid
 * for. Every flag goes, known or not: upstream's list is not published, and grows.
 */

/** How many characters a prompt may have. */
export const PROMPT_MAX = 2000;

/** Flags whose value may be any word. Of others, only what looks like a value is taken along. */
const KNOWN =
  /^--(dur|duration|rs|resolution|rt|ratio|seed|wm|watermark|cf|camerafixed|camera_fixed|fps|framespersecond|frames|n)$/i;
const VALUE = /^(-?\d[\w.:x×-]*|true|false|adaptive)$/i;

/** The prompt without its flags, blank space in one piece, and what was taken out, as it was written. */
export function takeOutFlags(prompt: string): { prompt: string; leftOut: string[] } {
  const kept: string[] = [];
  const leftOut: string[] = [];
  const words = prompt.split(/(\s+)/);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!/^--[a-z]/i.test(word)) {
      kept.push(word);
      continue;
    }
    const next = words[at + 2];
    const takesNext =
      next &&
      !next.startsWith('--') &&
      !word.includes('=') &&
      (KNOWN.test(word) || VALUE.test(next));
    leftOut.push(takesNext ? `${word} ${next}` : word);
    if (takesNext) at += 2;
  }
  return {
    prompt: kept
      .join('')
      .replace(/[^\S\n]+/g, ' ')
      .trim(),
    leftOut,
  };
}
