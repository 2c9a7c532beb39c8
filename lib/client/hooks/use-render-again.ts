import { useEffect, useState } from 'react';

/**
 * Renders a second time after `value` has changed. React keeps the previous render of every component with its
 * props. The second render overwrites it, so that removed text does not stay in memory.
 */
export function useRenderAgain(value: string | undefined): void {
  const [, setRendered] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setRendered, 0, value);
    return () => clearTimeout(timer);
  }, [value]);
}
