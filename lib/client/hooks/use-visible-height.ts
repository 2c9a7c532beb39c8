import { useEffect } from 'react';

/**
 * Sets --visible-height to the height that a phone's keyboard leaves visible, because not every browser resizes the
 * page for the keyboard. Does nothing in a frame, which cannot set its own height.
 */
export function useVisibleHeight(): void {
  useEffect(() => {
    const { visualViewport: viewport } = globalThis;
    if (!viewport || parent !== self) return undefined;
    function updateHeight() {
      // While the reader has zoomed in, the visual viewport is smaller although no keyboard is open.
      const isFullHeight = !viewport || viewport.scale > 1.01 || viewport.height >= innerHeight - 1;
      const { style } = document.documentElement;
      if (isFullHeight) style.removeProperty('--visible-height');
      else style.setProperty('--visible-height', `${viewport.height}px`);
      // The keyboard may cover the focused text field, so scroll it into view.
      const { activeElement } = document;
      if (activeElement instanceof HTMLTextAreaElement)
        activeElement.form?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    }
    viewport.addEventListener('resize', updateHeight);
    return () => {
      viewport.removeEventListener('resize', updateHeight);
      document.documentElement.style.removeProperty('--visible-height');
    };
  }, []);
}
