import { AskedTwice, type AskingInteraction, ask } from './ask.ts';
import type { Context } from './command.ts';
import { defaultsFor } from './defaults.ts';
import { isLost } from './discord-errors.ts';
import type { Filling } from './open-form.ts';
import { admitHere } from './place.ts';
import { refuse } from './refusal.ts';
import { checkVideo } from './video-request.ts';

/**
 * Asks for what a member gave. What is refused is answered in private, and nothing that was written
 * is lost: it is kept for an hour, with buttons that mend it.
 * @param from.madeFrom the job or draft that a button was pressed for, so that two taps make one job
 */
export async function askFor(
  interaction: AskingInteraction,
  filling: Filling,
  context: Context,
  from: { madeFrom?: string; showsPrice?: boolean } = {},
): Promise<'asked' | 'refused'> {
  const { given, askedIn } = filling;
  const { offer, own, now } = context;
  const sourceUrl = given.files.length > 0 ? filling.sourceUrl : undefined;
  let isFit = false;
  try {
    const request = checkVideo(given, offer, defaultsFor(offer, own), now());
    isFit = true;
    const limits = await admitHere(interaction, context, filling);
    const { isPrivate } = given;
    const asking = { request, limits, isPrivate, sourceUrl, askedIn, ...from };
    await ask(interaction, asking, context);
    return 'asked';
  } catch (error) {
    if (isLost(error) || error instanceof AskedTwice) throw error;
    await refuse(interaction, error, { ...filling, isFit }, context);
    return 'refused';
  }
}
