import { useEffect } from 'react';

/**
 * Keeps --visible-height at what a phone's keyboard leaves of the window: not every browser makes the
 * page smaller for it. A frame has no say in its height.
 */
export function useVisibleHeight(): void {
  useEffect(() => {
    const { visualViewport: viewport } = globalThis;
    if (!viewport || parent !== self) return undefined;
    function fit() {
      // Zoomed in, a part of the page is looked at, and the page stays as it is.
      const isWhole = !viewport || viewport.scale > 1.01 || viewport.height >= innerHeight - 1;
      const { style } = document.documentElement;
      if (isWhole) style.removeProperty('--visible-height');
      else style.setProperty('--visible-height', `${viewport.height}px`);
      // The field that is written in stays in sight.
      const { activeElement } = document;
      if (activeElement instanceof HTMLTextAreaElement)
        activeElement.form?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    }
    viewport.addEventListener('resize', fit);
    return () => {
      viewport.removeEventListener('resize', fit);
      document.documentElement.style.removeProperty('--visible-height');
    };
  }, []);
}
