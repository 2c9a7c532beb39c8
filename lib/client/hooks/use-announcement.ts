import { useState } from 'react';

/**
 * The text of a live region. `toNews` compares the previous and the current `value`; if it returns an empty text, the
 * last announcement stays. The first value is not announced.
 */
export function useAnnouncement<T>(value: T, toNews: (before: T, now: T) => string): string {
  const [known, setKnown] = useState(value);
  const [announcement, setAnnouncement] = useState('');
  if (known !== value) {
    const news = toNews(known, value);
    setKnown(value);
    // A live region announces changes only, so an equal text gets a trailing no-break space.
    if (news) setAnnouncement(news === announcement ? `${news}\u00a0` : news);
  }
  return announcement;
}
