import { expect, test } from 'vitest';
import { chartOf } from '../../bench/chart.ts';
import type { Figure } from '../../bench/figure.ts';

const about = {
  date: '2026-01-02',
  machine: { cpu: 'A <fast> one', cores: 2, memoryGb: 8, node: 'v24.0.0', system: 'linux x64' },
};
const start: Figure = {
  measure: 'start',
  name: 'start & ready',
  unit: 'ms',
  ours: 650,
  other: { name: 'floor', value: 500 },
  target: { of: 'ratio', atMost: 1.3 },
};

/** How long the bars are, in order, as a part of what must be reached. */
function barsOf(svg: string): { reached: boolean; part: number }[] {
  const [, at = ''] = /class="target" x1="(\d+)"/.exec(svg) ?? [];
  return [...svg.matchAll(/class="(reached|missed)" x="(\d+)" y="\d+" width="([\d.]+)"/g)].map(
    ([, how, from, width]) => ({
      reached: how === 'reached',
      part: Number(width) / (Number(at) - Number(from)),
    }),
  );
}

test('a bar is as long as the part of its target that it takes', () => {
  const half: Figure = { ...start, ours: 8, unit: 'KB', target: { of: 'value', atMost: 16 } };
  const [whole, other] = barsOf(chartOf([start, half], about));
  expect(whole).toMatchObject({ reached: true, part: expect.closeTo(1) });
  expect(other).toMatchObject({ reached: true, part: expect.closeTo(0.5) });
});

test('what is far beyond its target stays in the picture, as missed', () => {
  const [bar] = barsOf(chartOf([{ ...start, ours: 50_000 }], about));
  expect(bar).toMatchObject({ reached: false, part: expect.closeTo(1.2) });
});

test('what has no target, or could only be nothing, has no bar', () => {
  const { target: _target, ...told } = start;
  const none: Figure = { ...start, unit: '', target: { of: 'value', atMost: 0 } };
  expect(barsOf(chartOf([told, none], about))).toEqual([]);
});

test('words are escaped, and the machine is named', () => {
  const svg = chartOf([start], about);
  expect(svg).toContain('start &amp; ready');
  expect(svg).toContain('2026-01-02 · A &lt;fast&gt; one, 2 cores, 8 GB, Node v24.0.0');
  expect(svg).toContain('1.3×');
});
