import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { ThreadMessage } from '@/lib/order/outgoing';
import { findNewShopperMessages } from '@/lib/order/thread';

const NEAR_BOTTOM_PX = 120;

const NONE: ReturnType<typeof findNewShopperMessages> = [];

/**
 * Keeps a scroll region at its end while the reader is near the end, and returns the messages that arrive while the
 * reader is not. A message that the reader has just written scrolls to the end once.
 * Only the region's own scrollTop is set, so a host page does not move.
 */
export function useStickToBottom(
  region: RefObject<HTMLElement | null>,
  messages: readonly ThreadMessage[],
) {
  const isNearBottom = useRef(true);
  const savedDistanceFromEndPx = useRef<number>(undefined);
  const ledToTopPx = useRef<number>(undefined);
  const writtenIds = useRef(new Set<string>());
  const [seenUpTo, setSeenUpTo] = useState(messages);
  const [isAway, setIsAway] = useState(false);

  function scrollToBottom() {
    region.current?.scrollTo({ top: region.current.scrollHeight, behavior: 'instant' });
  }

  /** Scrolls a row to the upper end of the region, or the region to its end if there is no row. */
  function scrollTo(row: Element | null | undefined) {
    const { current: element } = region;
    if (!element || !row) return scrollToBottom();
    const topPx = row.getBoundingClientRect().top - element.getBoundingClientRect().top;
    element.scrollTo({ top: element.scrollTop + topPx, behavior: 'instant' });
    ledToTopPx.current = element.scrollTop;
    // The scroll event arrives after the next rendering, which would scroll back to the end.
    isNearBottom.current = false;
    setSeenUpTo(messages);
  }

  /** Call this before rows are added above, so that the rows in view do not move. */
  function keepScrollPosition() {
    if (region.current)
      savedDistanceFromEndPx.current = region.current.scrollHeight - region.current.scrollTop;
  }

  const last = messages.at(-1);
  useLayoutEffect(() => {
    const isJustWritten = last?.delivery !== undefined && !writtenIds.current.has(last.id);
    if (isJustWritten) writtenIds.current.add(last.id);
    if (savedDistanceFromEndPx.current !== undefined) {
      const topPx = (region.current?.scrollHeight ?? 0) - savedDistanceFromEndPx.current;
      region.current?.scrollTo({ top: topPx, behavior: 'instant' });
    } else if (isNearBottom.current || isJustWritten) {
      scrollToBottom();
    }
    savedDistanceFromEndPx.current = undefined;
  });

  useEffect(() => {
    const element = region.current;
    if (!element) return undefined;
    function updatePosition() {
      if (!element) return;
      const distanceFromEndPx = element.scrollHeight - element.clientHeight - element.scrollTop;
      // A row to which the reader was led stays in view, even if it is near the end.
      const nearPx = element.scrollTop === ledToTopPx.current ? 1 : NEAR_BOTTOM_PX;
      isNearBottom.current = distanceFromEndPx <= nearPx;
      setIsAway(!isNearBottom.current);
    }
    // A keyboard, a rotation or late layout changes sizes without a scroll event of the reader.
    const sizes = new ResizeObserver(() => {
      if (isNearBottom.current)
        element.scrollTo({ top: element.scrollHeight, behavior: 'instant' });
    });
    sizes.observe(element);
    for (const part of element.children) sizes.observe(part);
    element.addEventListener('scroll', updatePosition, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', updatePosition);
    };
  }, [region]);

  if (!isAway && seenUpTo !== messages) setSeenUpTo(messages);
  return {
    // The state that was set during this rendering is not visible before the next one.
    unseen: isAway ? findNewShopperMessages(seenUpTo, messages) : NONE,
    scrollTo,
    keepScrollPosition,
  };
}
