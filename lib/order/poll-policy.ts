// Poll intervals: the server sets the interval, the browser adds jitter and backs off after failures.

import type { ChatState } from './order-view';
import { isOver, type Stage } from './stages';

const LIVELY_POLL_MS = 5_000;
const OPEN_POLL_MS = 10_000;
const WAITING_POLL_MS = 30_000;
const LIVELY_FOR_MS = 120_000;
const MAX_BACKOFF_MS = 120_000;
const MIN_POLL_MS = 1_000;
// A longer wait could overflow the 31 bits of a browser's timer, which would fire at once and again and again.
const MAX_POLL_MS = 3_600_000;

/** Minimum interval of a hidden page with an open chat. */
export const HIDDEN_POLL_MS = 60_000;

/** Interval while the order can change: short after recent news, long without an open chat. */
export function toPollAfterMs(state: ChatState, lastNewsAtMs: number, nowMs: number): number {
  if (state !== 'open') return WAITING_POLL_MS;
  return nowMs - lastNewsAtMs < LIVELY_FOR_MS ? LIVELY_POLL_MS : OPEN_POLL_MS;
}

/**
 * Interval of a link that shows progress alone. It depends on the stage only, because an interval that depends on the
 * chat would show when somebody writes. Undefined once the order is over.
 */
export function toSharedPollAfterMs(stage: Stage | undefined): number | undefined {
  return stage !== undefined && isOver(stage) ? undefined : WAITING_POLL_MS;
}

const MIN_SPREAD_POLL_MS = 1_500;

/**
 * Interval where the server requests an order from Connect at most once per `freshMs`. It ends shortly before the
 * next request is due, because an early poll gets a new interval and a late one only loses time.
 */
export function toSpreadPollMs(freshMs: number, ageMs: number): number {
  return Math.max(MIN_SPREAD_POLL_MS, 0.8 * (freshMs - ageMs));
}

/** Limits an interval of the server to between one second and one hour. */
export function limitPollMs(pollAfterMs: number): number {
  return Math.min(MAX_POLL_MS, Math.max(MIN_POLL_MS, pollAfterMs));
}

/**
 * The earliest time of a poll after an event such as a return to the page. Events occur in bursts, so two requests
 * are at least one second apart, two seconds after a failure, and the whole wait if the server has set it.
 */
export function toEarliestPollAtMs(
  { nextPollMs = 0, mustWait, problem }: FeedPace,
  updatedAtMs: number,
): number {
  return updatedAtMs + (mustWait ? nextPollMs : Math.min(nextPollMs, problem ? 2_000 : 1_000));
}

type FeedPace = { nextPollMs?: number; mustWait?: boolean; problem?: string };

/** Adds ±20 %, so that pages opened together do not poll together. `random` is in [0, 1). */
export function jitter(delayMs: number, random: number): number {
  return Math.round(delayMs * (0.8 + 0.4 * random));
}

/** Doubles with each failure in a row from 2 s to 2 min, and is not shorter than `retryAfterMs`. */
export function toRetryDelayMs(failures: number, retryAfterMs: number | undefined, random: number) {
  const backoffMs = Math.min(MAX_BACKOFF_MS, 2_000 * 2 ** Math.min(failures - 1, 10));
  return Math.min(MAX_POLL_MS, Math.max(jitter(backoffMs, random), retryAfterMs ?? 0));
}
