import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the keyboard's focus inside `container` when `step` changes: a focused button that was removed leaves the focus
 * on the body. The first element with `data-focus` takes it, and the headline of the page if there is none.
 */
export function useFocusWithin(container: RefObject<HTMLElement | null>, step: string): void {
  const wasInside = useRef(false);
  useLayoutEffect(() => {
    const update = ({ target }: Event) => {
      wasInside.current = target instanceof Node && !!container.current?.contains(target);
    };
    document.addEventListener('focusin', update);
    // A tap on a part without focus takes the focus away, which no `focusin` tells.
    document.addEventListener('pointerdown', update);
    return () => {
      document.removeEventListener('focusin', update);
      document.removeEventListener('pointerdown', update);
    };
  }, [container]);
  useLayoutEffect(() => {
    if (!wasInside.current || container.current?.contains(document.activeElement)) return;
    const next = container.current?.querySelector<HTMLElement>('[data-focus]');
    const target = next ?? document.querySelector<HTMLElement>('.status h1');
    if (!target) return;
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }, [container, step]);
}
