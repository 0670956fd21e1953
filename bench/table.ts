import { type Figure, isReached, ratioOf } from './figure.ts';
import { told, toldTarget } from './told.ts';

const WIDTHS = [38, 12, 22, 8, 18];

/** The figures as lines of a table, for a terminal. */
export function tableOf(figures: readonly Figure[]): string {
  return figures.map(lineOf).join('\n');
}

function lineOf(figure: Figure): string {
  const { name, ours, other, unit } = figure;
  const ratio = ratioOf(figure);
  const cells = [
    name,
    told(ours, unit),
    other ? `${other.name} ${told(other.value, unit)}` : '',
    ratio === undefined ? '' : told(ratio, '×'),
    toldTarget(figure),
  ].map((cell, nr) => cell.padEnd(WIDTHS[nr] ?? 0));
  return `  ${cells.join(' ')} ${verdict(figure)}`.trimEnd();
}

function verdict(figure: Figure): string {
  const reached = isReached(figure);
  if (reached === undefined) return '';
  return reached ? 'reached' : 'NOT REACHED';
}
