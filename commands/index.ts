import type { Surface } from '../src/discord/command.ts';
import { cancel } from './cancel.ts';
import { video } from './video.ts';

/** Everything a person can type or click: the router and the registration both read it. */
export const surface = {
  commands: { video },
  buttons: { cancel },
} satisfies Surface;
