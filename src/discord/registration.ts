import type { Guilds } from '../guilds/guilds.ts';
import type { Offer } from '../offer.ts';
import type { Bot } from './bot.ts';
import type { Availability, Surface } from './command.ts';
import { declare } from './declare.ts';

/** Which commands are registered where: all of them in one place, **Report video** where it is heard. */
export class Registration {
  readonly #surface: Surface;
  readonly #bot: Pick<Bot, 'register'>;
  readonly #guilds: Pick<Guilds, 'of'>;
  readonly #options: RegistrationOptions;

  constructor(
    surface: Surface,
    { bot, guilds }: { bot: Pick<Bot, 'register'>; guilds: Pick<Guilds, 'of'> },
    options: RegistrationOptions,
  ) {
    this.#surface = surface;
    this.#bot = bot;
    this.#guilds = guilds;
    this.#options = options;
  }

  /** Registers all commands as they are offered now. @throws {StoreError} if the home's rules can't be read */
  async register(offer: Offer): Promise<void> {
    const { where, homeId, ownersLogId } = this.#options;
    const isLogged = homeId !== undefined && (await this.#guilds.of(homeId)).log !== undefined;
    const takesReports = ownersLogId !== undefined || isLogged;
    await this.#bot.register(declare(this.#surface, offer, { ...where, takesReports }), homeId);
  }

  /** Offers **Report video** in a server, or no more; not where it is offered everywhere. */
  async offerReports(guildId: string, isOffered: boolean, offer: Offer): Promise<void> {
    if (this.#options.ownersLogId !== undefined) return;
    if (guildId === this.#options.homeId) return this.register(offer);
    const where = { ...this.#options.where, takesReports: true };
    const report = this.#surface.messageCommands['Report video']?.declare(offer, where);
    await this.#bot.register(isOffered && report ? [report] : [], guildId);
  }
}

interface RegistrationOptions {
  where: Omit<Availability, 'takesReports'>;
  /** The one server that everything is registered in; undefined: everywhere. */
  homeId: string | undefined;
  /** The owner's log channel. */
  ownersLogId: string | undefined;
}
