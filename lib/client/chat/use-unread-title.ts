import { useEffect } from 'react';
import * as shellCopy from '@/lib/order/copy/en-US/shell';

// Page translators may write the number with other digits and brackets.
const MARK = /^[\s\p{Cf}]*\p{Ps}\p{Nd}+\p{Pe}\s*/u;
/** Limits the writes if a translator moves the number each time, which would be an endless loop. */
const MAX_MARKS = 20;

/** Puts the number of unread messages into the title of the tab: "(2) Order status". */
export function useUnreadTitle(count: number): void {
  useEffect(() => {
    let marksLeft = MAX_MARKS;
    function mark() {
      if (marksLeft === 0 || count === 0 || MARK.test(document.title)) return;
      marksLeft -= 1;
      document.title = shellCopy.titleWithCount(count, document.title);
    }
    mark();
    // Next.js may set the page's title after the order has arrived, and more than once.
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(MARK, '');
    };
  }, [count]);
}
