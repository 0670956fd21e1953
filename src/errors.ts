/**
 * Something a member can mend. The only error whose words a member sees: say what is wrong and what
 * would be right, in plain words and Discord Markdown. Anything of a member's own that goes into it
 * must be escaped first.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Why the store can't be used, in one line that tells the operator what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
