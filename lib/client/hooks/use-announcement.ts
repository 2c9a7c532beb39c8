import { useState } from 'react';

/**
 * What a live region says when `value` has changed, by what `toNews` makes of it before and now; the last
 * news stay while there are none. Nothing at first.
 */
export function useAnnouncement<T>(value: T, toNews: (before: T, now: T) => string): string {
  const [known, setKnown] = useState(value);
  const [announcement, setAnnouncement] = useState('');
  if (known !== value) {
    const news = toNews(known, value);
    setKnown(value);
    // The same words again are news too, so they must not be the same text.
    if (news) setAnnouncement(news === announcement ? `${news}\u00a0` : news);
  }
  return announcement;
}
