import { useEffect } from 'react';
import * as shellCopy from '@/lib/order/copy/en-US/shell';

// Translators translate the title too, and write the number in other digits and brackets.
const MARK = /^[\s\p{Cf}]*\p{Ps}\p{Nd}+\p{Pe}\s*/u;
/** A translator that moves the number elsewhere is not answered for ever. */
const MAX_MARKS = 20;

/** "(2) Order status": the number of unread messages, for a reader whose tab is one of many. */
export function useUnreadTitle(count: number): void {
  useEffect(() => {
    let marksLeft = MAX_MARKS;
    function mark() {
      if (marksLeft === 0 || count === 0 || MARK.test(document.title)) return;
      marksLeft -= 1;
      document.title = shellCopy.titleWithCount(count, document.title);
    }
    mark();
    // The page's own title may come, or come again, after the order.
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(MARK, '');
    };
  }, [count]);
}
