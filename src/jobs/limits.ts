import { dayOf } from '../clock.ts';
import { endOfDay, endOfMonth, monthOf } from './day.ts';

/** What was spent, or may be: videos, and Seedance's credits. */
export interface Count {
  videos: number;
  credits: number;
}

/** What may be spent in a day and in a month (UTC). What is left out is not limited. */
export interface Allowance {
  day?: Partial<Count>;
  month?: Partial<Count>;
}

export const SPANS = ['day', 'month'] as const;
export type Span = (typeof SPANS)[number];

/**
 * Whose spending an allowance is about: the whole bot's; a server's, together; a member's, everywhere;
 * a member's within one server.
 */
export const SCOPES = ['bot', 'server', 'member', 'member-here'] as const;
export type Scope = (typeof SCOPES)[number];

/** All that limits a member who asks in a place. */
export interface Limits {
  allowed: Record<Scope, Allowance>;
  /** Videos that a member may have under way or in line at once. */
  maxActivePerMember: number;
  /** The pause from one video of a member to their next. */
  cooldownMs: number;
}

/** The name of the day or month that a time is in: `2026-11-25`, `2026-11`. */
export function nameOf(span: Span, time: number): string {
  return span === 'day' ? dayOf(time) : monthOf(time);
}

/** When the day or month that a time is in ends, in milliseconds since 1970. */
export function endOf(span: Span, time: number): number {
  return span === 'day' ? endOfDay(time) : endOfMonth(time);
}
