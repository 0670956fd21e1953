import { UserError } from '../errors.ts';

/** The bot is not open to this member in this place: nothing that they do here mends it. */
export class PlaceRefused extends UserError {
  override readonly name = 'PlaceRefused';
}
