import { useEffect, useState } from 'react';

/** True while `isShown` is, and for `lingerMs` longer, so that a short notice can be read. */
export function useLinger(isShown: boolean, lingerMs: number): boolean {
  const [isLingering, setIsLingering] = useState(isShown);
  if (isShown && !isLingering) setIsLingering(true);
  useEffect(() => {
    if (isShown) return undefined;
    const timer = setTimeout(setIsLingering, lingerMs, false);
    return () => clearTimeout(timer);
  }, [isShown, lingerMs]);
  return isShown || isLingering;
}
