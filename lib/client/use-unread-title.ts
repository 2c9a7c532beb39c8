import { useEffect } from 'react';
import * as shellWords from '@/lib/order/shell-words';

const MARK = /^\(\d+\) /;

/** "(2) Order status": how many messages wait to be read, for a reader whose tab is one of many. */
export function useUnreadTitle(count: number): void {
  useEffect(() => {
    function mark() {
      const title = document.title.replace(MARK, '');
      const marked = count > 0 ? shellWords.titleWithCount(count, title) : title;
      if (document.title !== marked) document.title = marked;
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
