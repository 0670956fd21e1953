import { stripVTControlCharacters } from 'node:util';
import { type APIMediaGalleryItem, ComponentType } from 'discord-api-types/v10';
import { type AnyComponent, everyComponent } from '../discord/component-walk.ts';
import type { SimMessage } from '../discord/discord.ts';
import { type Reader, readLine } from './markdown.ts';

/** A message as a member sees it, line by line, in no box yet. */
export function messageLines(message: SimMessage, reader: Reader): string[] {
  const written = message.content ? readLines(message.content, reader) : [];
  const attached = message.attachments.map(
    ({ filename, contentType }) => `[${kindOf(contentType)}: ${filename}]`,
  );
  const parts = [...everyComponent(message.components)];
  return [
    ...written,
    ...attached,
    ...parts.flatMap((part) => componentLines(part, message, reader)),
  ];
}

function componentLines(part: AnyComponent, message: SimMessage, reader: Reader): string[] {
  switch (part.type) {
    case ComponentType.TextDisplay:
      return readLines(part.content, reader);
    case ComponentType.MediaGallery:
      return part.items.map((item) => mediaLine(item, message));
    case ComponentType.ActionRow: {
      const labels = part.components.map((one) => ('label' in one && one.label) || '…');
      return [labels.map((label) => reader.ink.bold(`[${label}]`)).join(' ')];
    }
    default:
      return [];
  }
}

function readLines(markdown: string, reader: Reader): string[] {
  const lines = markdown.split('\n').filter((line) => line !== '```');
  return lines.map((line) => readLine(line, reader));
}

/** What is attached to the message itself says its size; what it only refers to says its kind. */
function mediaLine({ media }: APIMediaGalleryItem, message: SimMessage): string {
  const type = media.content_type ?? '';
  const file = media.attachment_id ? message.files.get(media.attachment_id) : undefined;
  if (file && type.startsWith('video/')) {
    return `▶ ${file.filename} (video, ${kilobytes(file.size)}, plays here)`;
  }
  const name = new URL(media.url).pathname.split('/').at(-1);
  return `[${kindOf(type)}: ${name}]`;
}

function kindOf(contentType: string | null | undefined): string {
  return contentType?.split('/')[0] || 'file';
}

/** "90 kB". */
export function kilobytes(bytes: number): string {
  return `${new Intl.NumberFormat('en').format(Math.round(bytes / 1000))} kB`;
}

/** Draws lines in a box of so many columns; what is longer is wrapped between words. */
export function box(lines: readonly string[], columns: number, border: (text: string) => string) {
  const inner = columns - 4;
  const rows = lines
    .flatMap((line) => wrap(line, inner))
    .map(
      (row) => `${border('│')} ${row}${' '.repeat(Math.max(0, inner - width(row)))} ${border('│')}`,
    );
  const edge = '─'.repeat(columns - 2);
  return [border(`╭${edge}╮`), ...rows, border(`╰${edge}╯`)];
}

function wrap(line: string, columns: number): string[] {
  const rows: string[] = [];
  for (const word of line.split(' ')) {
    const row = rows.at(-1);
    if (row !== undefined && width(row) + 1 + width(word) <= columns)
      rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  return rows;
}

function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
