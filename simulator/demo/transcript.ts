import type { Discord, Member, SimFile, SimMessage } from '../discord/discord.ts';
import type { SimForm } from '../discord/modal-view.ts';
import type { Seedance } from '../seedance/seedance.ts';
import { box, kilobytes, messageLines } from './card.ts';
import { formLines } from './form.ts';
import { createInk, type Ink } from './ink.ts';
import type { Reader } from './markdown.ts';

const MARGIN = '  ';
const BOX_COLUMNS = 66;

/** Prints a conversation as it unfolds, for a person to read. */
export class Transcript {
  readonly #out: NodeJS.WriteStream;
  readonly #ink: Ink;
  readonly #lastDrawn = new Map<string, string>();

  /** @param out colours are used only where it is a terminal and `NO_COLOR` is not set */
  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.#ink = createInk(out.isTTY && !process.env.NO_COLOR);
  }

  /** Prints every message from now on, when it is written and each time it changes. */
  follow(discord: Discord, seedance: Seedance): void {
    const nameOf = (id: string) =>
      id === discord.botUserId ? 'the bot' : discord.users.get(id)?.name;
    const reader = { ink: this.#ink, nameOf, now: Date.now };
    discord.event.on('message', (message, kind) => this.#draw(message, kind, reader));
    seedance.on('submit', ({ settings, creditsCharged }) => {
      const { duration, resolution, mediaUrls } = settings;
      const asked = `${duration} s, ${resolution}, ${counted(mediaUrls.length)}`;
      this.aside(`Seedance takes it: ${asked}; ${creditsCharged} credits`);
    });
    seedance.on('end', ({ status }) => this.aside(`Seedance: ${status}`));
  }

  line(text = ''): void {
    this.#out.write(`${text}\n`);
  }

  heading(text: string): void {
    this.line(`\n${this.#ink.bold(`── ${text} `.padEnd(BOX_COLUMNS + MARGIN.length, '─'))}`);
  }

  /** What happens out of the members' sight. */
  aside(text: string): void {
    this.line(this.#ink.dim(`${MARGIN}· ${text}`));
  }

  /** A command with its options, as it stands in the box where one types. */
  typed(member: Member, command: string, options: Record<string, string | number | SimFile>): void {
    this.line(`\n${this.#ink.bold(member.name)} types`);
    this.line(`${MARGIN}/${command}`);
    const longest = Math.max(...Object.keys(options).map((name) => name.length));
    for (const [name, value] of Object.entries(options)) {
      const shown = typeof value === 'object' ? attached(value) : value;
      this.line(`${MARGIN}  ${`${name}:`.padEnd(longest + 1)} ${shown}`);
    }
  }

  clicked(member: Member, label: string): void {
    this.line(`\n${this.#ink.bold(member.name)} clicks [${label}]`);
  }

  /** A command from the menu of a message. */
  used(member: Member, command: string): void {
    this.line(`\n${this.#ink.bold(member.name)} opens the message’s menu: Apps → ${command}`);
  }

  opened(form: SimForm): void {
    this.line(`\n${this.#ink.bold('the bot')} opens a form`);
    this.#box(formLines(form), null);
  }

  filledIn(member: Member, field: string, value: string): void {
    this.line(`\n${this.#ink.bold(member.name)} changes ${field} and sends it`);
    this.line(`${MARGIN}  ${value}`);
  }

  #draw(message: SimMessage, kind: 'create' | 'edit' | 'delete', reader: Reader): void {
    const lines = kind === 'delete' ? ['(deleted)'] : messageLines(message, reader);
    const drawn = lines.join('\n');
    if (this.#lastDrawn.get(message.id) === drawn) return;
    this.#lastDrawn.set(message.id, drawn);
    const author = reader.nameOf(message.authorId) ?? 'somebody';
    const answers = message.interactionMetadata === null ? 'writes' : 'answers';
    const what = kind === 'create' ? answers : '(edited)';
    const seenBy = message.ephemeral ? ', seen by nobody else' : '';
    this.line(`\n${this.#ink.bold(author)} ${what}${seenBy}`);
    this.#box(lines, message.accent());
  }

  #box(lines: string[], colour: number | null): void {
    // A terminal that does not know its width says 0.
    const columns = Math.min(BOX_COLUMNS, Math.max(24, (this.#out.columns || 80) - MARGIN.length));
    const border = (text: string) => this.#ink.tint(text, colour);
    for (const row of box(lines, columns, border)) this.line(MARGIN + row);
  }
}

function counted(references: number): string {
  if (references === 0) return 'words only';
  return references === 1 ? '1 reference' : `${references} references`;
}

function attached({ name, bytes, width, height }: SimFile): string {
  return `${name} (picture, ${width} × ${height}, ${kilobytes(bytes.length)})`;
}
