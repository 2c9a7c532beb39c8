import 'server-only';

/** Sliding-window counter: holds the values that were added within the window. */
export type SlidingWindowCounter<T> = {
  add(value: T): void;
  count(): number;
  /** The values in the window, from the oldest to the newest. */
  values(): T[];
  clear(): void;
};

/** `add` and `count` take amortized constant time. */
export function createSlidingWindowCounter<T>(
  now: () => number,
  windowMs: number,
): SlidingWindowCounter<T> {
  let entries: { atMs: number; value: T }[] = [];
  let first = 0;

  function dropExpired(): void {
    const nowMs = now();
    for (
      let entry = entries[first];
      entry && nowMs - entry.atMs >= windowMs;
      entry = entries[first]
    )
      first += 1;
    // Copying the rest only when half of it has expired keeps the amortized time constant.
    if (first > entries.length / 2) {
      entries = entries.slice(first);
      first = 0;
    }
  }

  return {
    add(value) {
      dropExpired();
      entries.push({ atMs: now(), value });
    },

    count() {
      dropExpired();
      return entries.length - first;
    },

    values() {
      dropExpired();
      return entries.slice(first).map(({ value }) => value);
    },

    clear() {
      entries = [];
      first = 0;
    },
  };
}
