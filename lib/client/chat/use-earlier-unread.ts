import { useEffect, useLayoutEffect, useReducer, useState, type RefObject } from 'react';
import type { Message } from '@/lib/order/order-view';
import { countUnread } from '@/lib/order/thread';

/**
 * Counts the unread messages of a thread that opens below its mark of the first one. The count is 0 as soon as the reader
 * reaches the mark or `hideEarlierUnread` is called.
 */
export function useEarlierUnread(
  region: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  messages: readonly Message[],
) {
  const [countAtOpening] = useState(() => countUnread(messages));
  const [earlierUnreadCount, setCount] = useReducer((_: number, count: number) => count, 0);
  const isCounting = earlierUnreadCount > 0;
  useLayoutEffect(() => {
    // The thread has scrolled to its end in an earlier layout effect.
    if (isMarkAbove(region.current, list.current)) setCount(countAtOpening);
  }, [region, list, countAtOpening]);
  useEffect(() => {
    const { current: element } = region;
    if (!element || !isCounting) return undefined;
    const update = () => {
      if (!isMarkAbove(element, list.current)) setCount(0);
    };
    element.addEventListener('scroll', update, { passive: true });
    return () => element.removeEventListener('scroll', update);
  }, [region, list, isCounting]);
  return { earlierUnreadCount, hideEarlierUnread: () => setCount(0) };
}

function isMarkAbove(region: HTMLElement | null, list: HTMLElement | null): boolean {
  const mark = list?.querySelector('.new-mark');
  if (!region || !mark) return false;
  return mark.getBoundingClientRect().top < region.getBoundingClientRect().top;
}
