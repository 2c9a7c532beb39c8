import { useEffect, useState } from 'react';

const RETRY_MS = 5_000;

/**
 * Loads a part of the page after the first paint, once it is needed. Returns undefined until then; a failed load is
 * repeated. `load` must not change.
 */
export function useLoadedLater<T>(load: () => Promise<T>, isNeeded: boolean): T | undefined {
  const [loaded, setLoaded] = useState<{ part: T }>();
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    if (!isNeeded) return undefined;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    load().then(
      (part) => isCurrent && setLoaded({ part }),
      () => {
        if (isCurrent) timer = setTimeout(setFailures, RETRY_MS, failures + 1);
      },
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [load, isNeeded, failures]);
  return loaded?.part;
}
