import { useEffect, useEffectEvent, type RefObject } from 'react';

const SEEN_AFTER_MS = 1_000;
/** A message that is taller than the thread never shows half of itself. */
const TALL_PX = 100;

/**
 * Calls `onSeen` with the values of `data-unread-id` of the elements in `list` that have been on screen in a visible page
 * for a second. `version` changes when the elements do.
 */
export function useOnScreen(
  list: RefObject<HTMLElement | null>,
  version: unknown,
  onSeen: (ids: readonly string[]) => void,
): void {
  const reportSeen = useEffectEvent(onSeen);
  useEffect(() => {
    const elements = list.current?.querySelectorAll<HTMLElement>('[data-unread-id]') ?? [];
    if (elements.length === 0) return undefined;
    const shown = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;

    function startTimer() {
      clearTimeout(timer);
      if (shown.size === 0 || document.visibilityState === 'hidden') return;
      timer = setTimeout(() => reportSeen([...shown]), SEEN_AFTER_MS);
    }
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, intersectionRatio, intersectionRect } of entries) {
          const id = target.getAttribute('data-unread-id') ?? '';
          if (intersectionRatio >= 0.5 || intersectionRect.height >= TALL_PX) shown.add(id);
          else shown.delete(id);
        }
        startTimer();
      },
      { threshold: [0, 0.1, 0.25, 0.5] },
    );
    elements.forEach((element) => observer.observe(element));
    document.addEventListener('visibilitychange', startTimer);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('visibilitychange', startTimer);
    };
  }, [list, version]);
}
