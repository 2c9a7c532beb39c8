import 'server-only';
import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
const MAX_LINKS = 100_000;

export type ReadWindow = { count: number; endsAtMs: number };

/** How often each link was read within a minute that begins with the first time; to be counted by the caller. */
export function createFixedWindowCounter(now: () => number): (linkKey: string) => ReadWindow {
  const windows = new LRUCache<string, ReadWindow>({ max: MAX_LINKS });
  return function find(linkKey) {
    const known = windows.get(linkKey);
    if (known && now() < known.endsAtMs) return known;
    const window = { count: 0, endsAtMs: now() + WINDOW_MS };
    windows.set(linkKey, window);
    return window;
  };
}
