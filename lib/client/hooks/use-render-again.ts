import { useEffect, useState } from 'react';

/**
 * Renders a second time after `value` has changed. React keeps the rendering before the last of every
 * part, with all that it was given; the second one overwrites it, so that removed text is not kept.
 */
export function useRenderAgain(value: string | undefined): void {
  const [, setRendered] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setRendered, 0, value);
    return () => clearTimeout(timer);
  }, [value]);
}
