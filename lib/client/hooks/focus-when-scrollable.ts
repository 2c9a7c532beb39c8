/** Ref callback: makes the element focusable while it can scroll, because not every browser does. */
export function focusWhenScrollable(element: HTMLElement): () => void {
  const sizes = new ResizeObserver(() => {
    const scrolls = getComputedStyle(element).overflowY !== 'visible';
    if (scrolls && element.scrollHeight > element.clientHeight) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  });
  for (const watched of [element, ...element.children]) sizes.observe(watched);
  return () => sizes.disconnect();
}
