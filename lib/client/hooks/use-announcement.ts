import { useState } from 'react';

/**
 * Returns the text of a live region. `toAnnouncement` compares the previous and the current `value`; if it returns an
 * empty text, the last announcement stays. The first value is not announced.
 */
export function useAnnouncement<T>(
  value: T,
  toAnnouncement: (before: T, after: T) => string,
): string {
  const [previous, setPrevious] = useState(value);
  const [announcement, setAnnouncement] = useState('');
  if (previous !== value) {
    const text = toAnnouncement(previous, value);
    setPrevious(value);
    // A live region announces changes only, so an equal text gets a trailing no-break space.
    if (text) setAnnouncement(text === announcement ? `${text}\u00a0` : text);
  }
  return announcement;
}
