import 'server-only';

export type SlidingWindowCounter<T> = {
  add(value: T): void;
  count(): number;
  values(): T[];
  clear(): void;
};

/** What was added within the last `windowMs`. Neither adding nor counting grows with how much that is. */
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
    // Seldom, as it copies all that is left.
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
