import { signal } from '@preact/signals';
import { everything } from './state.ts';

const TICK_MS = 1000;

/** One clock for all that counts. */
const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, TICK_MS);

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

const STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** A moment, as the reader's language writes it; `R` counts. */
export function Timestamp({ seconds, style }: { seconds: number; style: string }) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return <span>Invalid date</span>;
  const locale = everything.value?.switches.locale ?? 'en-US';
  const whole = new Intl.DateTimeFormat(locale, STYLES.F).format(date);
  return (
    // Not told each time that it counts on.
    <time class="timestamp" dateTime={date.toISOString()} title={whole} aria-live="off">
      {style === 'R'
        ? relative(seconds - now.value / 1000, locale)
        : new Intl.DateTimeFormat(locale, STYLES[style] ?? STYLES.f).format(date)}
    </time>
  );
}

/** "3 minutes ago", "in 2 hours". @param seconds below 0: in the past */
function relative(seconds: number, locale: string): string {
  const whole = Math.round(seconds);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(whole) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(
    Math.trunc(whole / size),
    unit,
  );
}
