import type { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';

/** An option as a member reads it; `name` is what interactions call it. */
export interface SeenOption {
  name: string;
  type: ApplicationCommandOptionType;
  shownName: string;
  description: string;
  required: boolean;
  autocomplete: boolean;
  /** What it declares; for people, roles and channels, those that can be chosen. */
  choices: { shownName: string; value: string | number }[];
  /** Characters of a text. */
  maxLength: number | undefined;
  /** Kinds or endings of files, as `image` and `.png`; left out: any. */
  fileTypes: readonly string[] | undefined;
}

/** A command or a subcommand as a member reads it; `name` is what it is called when it is used. */
export interface SeenCommand {
  type: ApplicationCommandType;
  name: string;
  shownName: string;
  description: string;
  options: SeenOption[];
}
