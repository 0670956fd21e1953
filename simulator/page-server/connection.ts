import type { WebSocket } from 'ws';
import type { Member, SimMessage } from '../discord/discord.ts';
import { type Asked, readEnvelope } from '../page-protocol/asked.ts';
import type { PersonName } from '../page-protocol/choices.ts';
import type { SeenRequest, Told } from '../page-protocol/told.ts';
import { act } from './act.ts';
import type { Room } from './room.ts';
import { everything, seenCommands, seenMessage, seenSwitches } from './seen.ts';

/** One open page: whoever sits there is told what changes for them, and does what they ask. */
export class Connection {
  readonly #room: Room;
  readonly #socket: WebSocket;
  #who: PersonName;
  #commandWrites: number;

  constructor(room: Room, socket: WebSocket, who: PersonName) {
    this.#room = room;
    this.#socket = socket;
    this.#who = who;
    const { event, state } = room.stage.discord;
    this.#commandWrites = state.commandWrites;
    event.on('message', this.#onMessage).on('change', this.#onChange);
    room.events
      .on('switches', this.#onSwitches)
      .on('request', this.#onRequest)
      .on('language', this.#onLanguage);
    socket.on('message', (data) => void this.#take(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      event.off('message', this.#onMessage).off('change', this.#onChange);
      room.events
        .off('switches', this.#onSwitches)
        .off('request', this.#onRequest)
        .off('language', this.#onLanguage);
    });
    this.#showEverything();
  }

  get #you(): Member {
    return this.#room.cast[this.#who];
  }

  async #take(text: string): Promise<void> {
    let nr = 0;
    try {
      const envelope = readEnvelope(text);
      nr = envelope.nr;
      const answered = await this.#do(envelope.asked);
      this.#tell({ type: 'done', nr, ...(answered && { answered }) });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#tell({ type: 'refused', nr, why });
    }
  }

  async #do(asked: Asked) {
    const room = this.#room;
    switch (asked.do) {
      case 'be':
        this.#who = asked.who;
        return this.#showEverything();
      case 'speak':
        this.#you.user.locale = asked.locale;
        room.events.emit('language', this.#who);
        return undefined;
      case 'pace':
        room.renderMs = asked.renderMs;
        return undefined;
      case 'mishap':
        return room.mishaps.switch(asked.name, asked.on);
      case 'expire':
        return room.expireTokens();
      case 'kill':
        return room.killBot();
      case 'start':
        return room.startBot();
      default:
        return act(room, this.#you, asked);
    }
  }

  #showEverything(): undefined {
    this.#tell({ type: 'everything', everything: everything(this.#room, this.#who) });
  }

  readonly #onMessage = (message: SimMessage): void => {
    const seen = seenMessage(this.#room.stage, this.#you, message);
    if (seen) this.#tell({ type: 'message', seen });
    else if (message.deleted) this.#tell({ type: 'gone', messageId: message.id });
  };

  readonly #onChange = (): void => {
    const { discord } = this.#room.stage;
    if (this.#commandWrites === discord.state.commandWrites) return;
    this.#commandWrites = discord.state.commandWrites;
    this.#tell({ type: 'commands', commands: seenCommands(discord, this.#you) });
  };

  readonly #onSwitches = (): void => {
    this.#tell({ type: 'switches', switches: seenSwitches(this.#room, this.#who) });
  };

  readonly #onRequest = (request: SeenRequest): void => {
    this.#tell({ type: 'request', request });
  };

  readonly #onLanguage = (who: PersonName): void => {
    if (who === this.#who) this.#showEverything();
  };

  #tell(told: Told): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(told));
  }
}
