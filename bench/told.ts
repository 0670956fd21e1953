import type { Figure, Unit } from './figure.ts';

/** Rounded to what can be read out of a measurement: three digits, whole numbers as they are. */
export function told(value: number, unit: Unit | '×'): string {
  const text = new Intl.NumberFormat('en', {
    maximumSignificantDigits: Number.isInteger(value) ? 21 : 3,
  }).format(value);
  if (unit === '') return text;
  return unit === '×' ? `${text}${unit}` : `${text} ${unit}`;
}

/** What must be reached, in signs; nothing where nothing must. */
export function toldTarget({ target, unit }: Figure): string {
  if (!target) return '';
  return `≤ ${told(target.atMost, target.of === 'ratio' ? '×' : unit)}`;
}
