import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Engine } from '../jobs/engine.ts';
import type { Gate } from '../jobs/gate.ts';
import type { Ledger } from '../jobs/ledger.ts';
import type { Jobs } from '../jobs/store.ts';
import type { Log } from '../log.ts';
import type { Offer } from '../models.ts';

/** What commands and buttons work with. */
export interface Services {
  offer: Offer;
  /** Undefined: every server. */
  allowedGuilds: readonly string[] | undefined;
  jobs: Jobs;
  engine: Engine;
  ledger: Ledger;
  gate: Gate;
  log: Log;
  now: () => number;
}

/** A slash command. */
export interface Command {
  /** What is registered with Discord, for what this bot offers. */
  declare(
    offer: Offer,
    where: { guildsOnly: boolean },
  ): RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** @throws {UserError} for what the member can mend, before anything was acknowledged */
  run(interaction: ChatInputCommandInteraction, services: Services): Promise<void>;
  autocomplete?(interaction: AutocompleteInteraction, services: Services): Promise<void>;
}

/** A button, by the first part of its `custom_id`: `cancel:1234`. */
export interface Button {
  press(interaction: ButtonInteraction, argument: string, services: Services): Promise<void>;
}

/** Everything a person can type or click. */
export interface Surface {
  commands: Record<string, Command>;
  buttons: Record<string, Button>;
}
