import { useEffect } from 'react';

// Page translators may write the number with other digits and brackets.
const MARK = /^[\s\p{Cf}]*\p{Ps}\p{Nd}+\p{Pe}\s*/u;
/** Limits the writes if a translator changes the title each time, which would be an endless loop. */
const MAX_WRITES = 20;

/**
 * Puts the number of unread messages into the title of the tab: "(2) Order status". `title` replaces the title of the
 * HTML where the page's language has changed since; undefined keeps it.
 */
export function usePageTitle(count: number, title: string | undefined): void {
  useEffect(() => {
    let writesLeft = MAX_WRITES;
    function write() {
      const name = title ?? document.title;
      const isNamed = document.title.endsWith(name);
      if (writesLeft === 0 || (isNamed && (count === 0 || MARK.test(document.title)))) return;
      writesLeft -= 1;
      document.title = count === 0 ? name : `(${count}) ${name}`;
    }
    write();
    // Next.js may set the page's title after the order has arrived, and more than once.
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(MARK, '');
    };
  }, [count, title]);
}
