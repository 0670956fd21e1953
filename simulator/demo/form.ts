import type { SimForm } from '../discord/modal-view.ts';

/** A form as a member finds it, line by line: what is filled in or chosen, and what it says of it. */
export function formLines({ title, fields }: SimForm): string[] {
  const lines = fields.map(({ label, description, value, values, options }) => {
    const chosen = options.filter((option) => values.includes(option.value));
    const shown = value || chosen.map((option) => option.label).join(', ');
    const hint = description && `(${description})`;
    return [`${label}:`, shown, hint].filter(Boolean).join(' ');
  });
  return [title, ...lines];
}
