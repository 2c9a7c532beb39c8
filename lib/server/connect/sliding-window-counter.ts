import 'server-only';

export type Recent<T> = {
  add(value: T): void;
  count(): number;
  values(): T[];
  clear(): void;
};

/** What was added within the last `windowMs`. Neither adding nor counting grows with how much that is. */
export function createRecent<T>(now: () => number, windowMs: number): Recent<T> {
  let entries: { atMs: number; value: T }[] = [];
  let first = 0;

  function forget(): void {
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
      forget();
      entries.push({ atMs: now(), value });
    },

    count() {
      forget();
      return entries.length - first;
    },

    values() {
      forget();
      return entries.slice(first).map(({ value }) => value);
    },

    clear() {
      entries = [];
      first = 0;
    },
  };
}
