import { ButtonStyle, MessageFlags } from 'discord.js';
import { answerPrivately } from '../src/discord/answer.ts';
import { button } from '../src/discord/buttons.ts';
import type { Button } from '../src/discord/command.ts';
import { UserError } from '../src/errors.ts';

/** Delete my data: asks once more. */
export const forget = {
  async press(interaction, { words }) {
    const sure = button('forget-sure', words.t('button.deleteDataSure'), ButtonStyle.Danger);
    await answerPrivately(interaction, words.t('settings.deleteAsk'), { words, buttons: [sure] });
  },
} satisfies Button;

/** Removes all that is kept of a member, and cancels what is under way. */
export const forgetSure = {
  async press(interaction, { audit, drafts, engine, jobs, ledger, log, preferences, words }) {
    const memberId = interaction.user.id;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    let underWay: readonly string[];
    try {
      await Promise.all([preferences.forget(memberId), drafts.forget(memberId)]);
      const held = await ledger.open();
      const unasked = held.filter((hold) => hold.draft?.memberId === memberId).map(({ id }) => id);
      await ledger.forget(memberId);
      // Last, for then the store overwrites what was deleted.
      underWay = await jobs.forgetMember(memberId, unasked);
      // What is gone in memory alone comes back with the next process.
      if (!jobs.healthy) throw new Error('The store does not write');
    } catch (cause) {
      log.error(
        { err: cause },
        'The data of a member could not be deleted, and they were told to try again. Mend the disk (full? read-only?)',
      );
      throw new UserError(({ t }) => t('refusal.deleteFailed'), { cause });
    }
    for (const id of underWay) engine.wake(id);
    log.info({ underWay }, 'A member deleted their data');
    audit.note({ kind: 'forgot' });
    const count = underWay.length;
    const say =
      count === 0 ? words.t('settings.deleted') : words.t('settings.deletedSome', { count });
    await answerPrivately(interaction, say, { words });
  },
} satisfies Button;
