import type { Guilds } from '../guilds/guilds.ts';
import type { Log } from '../log.ts';
import type { Offer } from '../offer.ts';
import type { Bot } from './bot.ts';
import type { Availability, Surface } from './command.ts';
import { declare } from './declare.ts';

/** Which commands are registered where: all of them in one place, **Report video** where it is heard. */
export class Registration {
  readonly #surface: Surface;
  readonly #bot: Pick<Bot, 'guildIds' | 'register'>;
  readonly #guilds: Pick<Guilds, 'of'>;
  readonly #log: Log;
  readonly #options: RegistrationOptions;

  constructor(
    surface: Surface,
    parts: { bot: Pick<Bot, 'guildIds' | 'register'>; guilds: Pick<Guilds, 'of'>; log: Log },
    options: RegistrationOptions,
  ) {
    this.#surface = surface;
    this.#bot = parts.bot;
    this.#guilds = parts.guilds;
    this.#log = parts.log;
    this.#options = options;
  }

  /** Registers all commands as they are offered now. @throws {StoreError} if the home's rules can't be read */
  async register(offer: Offer): Promise<void> {
    const { where, homeId, ownersLogId } = this.#options;
    const isLogged = homeId !== undefined && (await this.#guilds.of(homeId)).log !== undefined;
    const takesReports = ownersLogId !== undefined || isLogged;
    await this.#bot.register(declare(this.#surface, offer, { ...where, takesReports }), homeId);
  }

  /**
   * Sets right, in each server that has a log, where **Report video** is offered: since it was
   * registered there the owner may have got a log, or have none any more; or Discord did not take it.
   * Never throws.
   */
  async offerReportsAgain(offer: Offer): Promise<void> {
    for (const guildId of this.#bot.guildIds) {
      try {
        const { log } = await this.#guilds.of(guildId);
        if (log && guildId !== this.#options.homeId) await this.offerReports(guildId, true, offer);
      } catch (err) {
        this.#log.warn({ guildId, err }, 'Whether reports are offered in a server is not known');
      }
    }
  }

  /** Offers **Report video** in a server, or no more; nor where it is offered everywhere. */
  async offerReports(guildId: string, isOffered: boolean, offer: Offer): Promise<void> {
    const { homeId, ownersLogId } = this.#options;
    if (guildId === homeId) return this.register(offer);
    const where = { ...this.#options.where, takesReports: true };
    const report = this.#surface.messageCommands['Report video']?.declare(offer, where);
    const isNeeded = isOffered && ownersLogId === undefined;
    await this.#bot.register(isNeeded && report ? [report] : [], guildId);
  }
}

interface RegistrationOptions {
  where: Omit<Availability, 'takesReports'>;
  /** The one server that everything is registered in; undefined: everywhere. */
  homeId: string | undefined;
  /** The owner's log channel. */
  ownersLogId: string | undefined;
}
