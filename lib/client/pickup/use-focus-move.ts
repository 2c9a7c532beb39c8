import { useCallback, useRef } from 'react';

/**
 * Moves the focus from an element that is removed, or from within it, to an element that is added in the same commit.
 * Without it the focus returns to the start of the document. Both results are ref callbacks.
 */
export function useFocusMove() {
  const wasFocused = useRef(false);
  const from = useCallback(
    (removed: HTMLElement | null) => () => {
      wasFocused.current = removed?.contains(document.activeElement) ?? false;
    },
    [],
  );
  const to = useCallback((added: HTMLElement | null) => {
    if (added && wasFocused.current) added.focus({ preventScroll: true });
    wasFocused.current = false;
  }, []);
  return { from, to };
}
