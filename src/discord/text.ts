/** Text that a person wrote, made safe to stand in a message. */

/**
 * A backslash before whatever Discord gives a meaning: Markdown, mentions, links, custom emoji and
 * timestamps are then shown as they were written, and plain prose stays as it is. Line ends become
 * blanks, since headings, quotes and lists begin at them; at the start of the text they are escaped.
 * discord.js's own `escapeMarkdown` leaves mentions, quotes and links alive.
 */
export function escapeText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\*_~`|<>@#[\]]|:(?=\/\/)/g, '\\$&')
    .replace(/^ ?[+-]|^ ?\d+(?=[.)])/, (start) =>
      /\d$/.test(start) ? `${start}\\` : start.replace(/[+-]/, '\\$&'),
    );
}

/**
 * At most so many characters, the last one an ellipsis if any were left out. Cuts no emoji in half.
 * @param maxUnits as Discord's limits count, by which a family emoji is a dozen characters
 */
export function shorten(text: string, max: number, maxUnits = 2 * max): string {
  // It has no more characters than units: most texts are that short, and none is cut to be counted.
  if (text.length <= Math.min(max, maxUnits)) return text;
  const characters: string[] = [];
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    characters.push(segment);
    if (characters.length > max) break;
  }
  if (characters.length <= max && text.length <= maxUnits) return text;
  let short = '';
  for (const character of characters.slice(0, max - 1)) {
    if (short.length + character.length >= maxUnits) break;
    short += character;
  }
  return `${short.trimEnd()}…`;
}

/** As a block to copy from, letter for letter but for the fence that would end it. */
export function quoteBlock(text: string): string {
  return `\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``;
}

/** Counts by itself on every screen: "2 minutes ago". Time in milliseconds. */
export function relativeTime(time: number): string {
  return `<t:${Math.floor(time / 1000)}:R>`;
}
