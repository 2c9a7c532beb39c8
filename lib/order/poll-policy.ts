// How often the page asks: the server names the pace, the browser spreads and backs off.

import type { ChatState } from './order-view';

const LIVELY_POLL_MS = 5_000;
const OPEN_POLL_MS = 10_000;
const WAITING_POLL_MS = 30_000;
const LIVELY_FOR_MS = 120_000;
const MAX_BACKOFF_MS = 120_000;

/** The pace while things can still change: quick after news, slow where no chat is going on. */
export function toPollAfterMs(state: ChatState, lastNewsAtMs: number, nowMs: number): number {
  if (state !== 'open') return WAITING_POLL_MS;
  return nowMs - lastNewsAtMs < LIVELY_FOR_MS ? LIVELY_POLL_MS : OPEN_POLL_MS;
}

const MIN_SPREAD_POLL_MS = 1_500;

/**
 * Where Connect allows an order one reading in `freshMs`: close to when that is due, early rather than late,
 * for what comes early is told again when to come.
 */
export function toSpreadPollMs(freshMs: number, ageMs: number): number {
  return Math.max(MIN_SPREAD_POLL_MS, 0.8 * (freshMs - ageMs));
}

/** ±20 %, so that pages opened together do not ask together. `random` is in [0, 1). */
export function jitter(delayMs: number, random: number): number {
  return Math.round(delayMs * (0.8 + 0.4 * random));
}

/** Doubles with each failure in a row from 2 s to 2 min, never sooner than the server allows. */
export function toRetryDelayMs(failures: number, retryAfterMs: number | undefined, random: number) {
  const backoffMs = Math.min(MAX_BACKOFF_MS, 2_000 * 2 ** Math.min(failures - 1, 10));
  return Math.max(jitter(backoffMs, random), retryAfterMs ?? 0);
}
