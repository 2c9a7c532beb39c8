import 'server-only';
import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
const MAX_KEYS = 100_000;

/** `endsAtMs`: milliseconds since the epoch. */
export type ReadWindow = { count: number; endsAtMs: number };

/** Fixed-window counter: returns the current window of one minute for a key; the caller increments its `count`. */
export function createFixedWindowCounter(now: () => number): (key: string) => ReadWindow {
  const windows = new LRUCache<string, ReadWindow>({ max: MAX_KEYS });
  return function getWindow(key) {
    const current = windows.get(key);
    if (current && now() < current.endsAtMs) return current;
    const window = { count: 0, endsAtMs: now() + WINDOW_MS };
    windows.set(key, window);
    return window;
  };
}
