import { type Figure, isReached, ratioOf } from './figure.ts';
import { type Machine, toldMachine } from './machine.ts';
import { told, toldTarget } from './told.ts';

const WIDTH = 860;
const ROW = 34;
const TOP = 78;
const LABELS_END = 348;
/** Where a bar that reaches its target just so ends. */
const TARGET_AT = 640;
/** Beyond this part of its target a bar is cut off. */
const MOST = 1.2;
const VALUES_AT = 846;

/** Of its own ground, so that it reads wherever it stands; light or dark as its reader likes it. */
const STYLE = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328; }
  .ground { fill: #ffffff; stroke: #d1d9e0; }
  .title { font-weight: 600; font-size: 15px; }
  .quiet { fill: #59636e; font-size: 12px; }
  .track { fill: #eff2f5; }
  .reached { fill: #1a7f5a; }
  .missed { fill: #bc4c00; }
  .target { stroke: #1f2328; stroke-dasharray: 3 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .ground { fill: #0d1117; stroke: #3d444d; }
    .quiet { fill: #9198a1; }
    .track { fill: #21262d; }
    .reached { fill: #3fb68b; }
    .missed { fill: #e8833a; }
    .target { stroke: #f0f6fc; }
  }`;

/**
 * The figures that have a target as bars, each as long as the part of its target that it takes: what
 * ends before the dashed line is reached. Those whose target is nothing at all are left out.
 */
export function chartOf(
  figures: readonly Figure[],
  { date, machine }: { date: string; machine: Machine },
): string {
  const drawn = figures.filter(({ target }) => target !== undefined && target.atMost > 0);
  const bottom = TOP + drawn.length * ROW;
  const height = bottom + 40;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="What was measured, each as a part of what must be reached">
<style>${STYLE}
</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
<text class="title" x="14" y="28">Measured, as a part of what must be reached</text>
<text class="quiet" x="14" y="48">× is times the floor, a bare discord.js bot that only replies and edits, or times what is named</text>
<text class="quiet" x="${TARGET_AT}" y="${TOP - 10}" text-anchor="middle">must be reached</text>
${drawn.map((figure, nr) => rowOf(figure, TOP + nr * ROW)).join('\n')}
<line class="target" x1="${TARGET_AT}" y1="${TOP - 4}" x2="${TARGET_AT}" y2="${bottom}"/>
<text class="quiet" x="14" y="${bottom + 24}">${escaped(`${date} · ${toldMachine(machine)}`)}</text>
</svg>
`;
}

function rowOf(figure: Figure, y: number): string {
  const { name, ours, target, unit } = figure;
  const value = target?.of === 'ratio' ? ratioOf(figure) : ours;
  const part = (value ?? Number.NaN) / (target?.atMost ?? Number.NaN);
  const longest = (TARGET_AT - LABELS_END) * MOST;
  const length = Number.isFinite(part) ? (TARGET_AT - LABELS_END) * Math.min(part, MOST) : longest;
  const says = value === undefined ? '' : told(value, target?.of === 'ratio' ? '×' : unit);
  const asked = `(${toldTarget(figure)})`;
  return `<text x="${LABELS_END - 12}" y="${y + 18}" text-anchor="end">${escaped(name)}</text>
<rect class="track" x="${LABELS_END}" y="${y + 5}" width="${longest}" height="18" rx="3"/>
<rect class="${isReached(figure) ? 'reached' : 'missed'}" x="${LABELS_END}" y="${y + 5}" width="${Math.max(2, length).toFixed(1)}" height="18" rx="3"/>
<text x="${VALUES_AT}" y="${y + 18}" text-anchor="end">${escaped(says)} <tspan class="quiet">${escaped(asked)}</tspan></text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
