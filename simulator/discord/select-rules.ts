import type { APIStringSelectComponent } from 'discord-api-types/v10';
import { invalidForm } from './api-error.ts';

/**
 * Refuses (50035) a select that breaks a rule the published schema does not state: one value twice,
 * bounds that no choice can keep, more chosen beforehand than may be.
 */
export function checkSelect(select: APIStringSelectComponent): void {
  const { options, min_values, max_values } = select;
  const values = options.map((option) => option.value);
  if (new Set(values).size < values.length) throw invalidForm('an option value is used twice');
  const min = min_values ?? 1;
  const max = max_values ?? 1;
  if (min > max) throw invalidForm('min_values over max_values');
  if (options.length < Math.max(min, max)) {
    throw invalidForm(`options: must be between ${Math.max(min, max)} and 25 in length`);
  }
  if (options.filter((option) => option.default === true).length > max) {
    throw invalidForm(`more than ${max} options chosen beforehand`);
  }
}
