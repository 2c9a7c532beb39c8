// How often the page asks: the server names the pace, the browser spreads and backs off.

import type { ChatState } from './order-view';

const LIVELY_POLL_MS = 5_000;
const OPEN_POLL_MS = 10_000;
const WAITING_POLL_MS = 30_000;
const LIVELY_FOR_MS = 120_000;
const MAX_BACKOFF_MS = 120_000;
const MIN_POLL_MS = 1_000;
// A browser's timer fires at once and without end if its wait overflows 31 bits.
const MAX_POLL_MS = 3_600_000;

/** The pace of a hidden page with an open chat, unless the server asks for a slower one. */
export const HIDDEN_POLL_MS = 60_000;

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

/** Keeps a wait that the server names between one second and one hour. */
export function limitPollMs(pollAfterMs: number): number {
  return Math.min(MAX_POLL_MS, Math.max(MIN_POLL_MS, pollAfterMs));
}

/**
 * The earliest moment for a poll that an event asks for, such as a return to the page: events can come in
 * bursts, so there is a second between two requests, two after a failure, and all of a wait that the
 * server has named.
 */
export function toEarliestPollAtMs(
  { nextPollMs = 0, mustWait, problem }: FeedPace,
  updatedAtMs: number,
): number {
  return updatedAtMs + (mustWait ? nextPollMs : Math.min(nextPollMs, problem ? 2_000 : 1_000));
}

type FeedPace = { nextPollMs?: number; mustWait?: boolean; problem?: string };

/** ±20 %, so that pages opened together do not ask together. `random` is in [0, 1). */
export function jitter(delayMs: number, random: number): number {
  return Math.round(delayMs * (0.8 + 0.4 * random));
}

/** Doubles with each failure in a row from 2 s to 2 min, never sooner than the server allows. */
export function toRetryDelayMs(failures: number, retryAfterMs: number | undefined, random: number) {
  const backoffMs = Math.min(MAX_BACKOFF_MS, 2_000 * 2 ** Math.min(failures - 1, 10));
  return Math.min(MAX_POLL_MS, Math.max(jitter(backoffMs, random), retryAfterMs ?? 0));
}
