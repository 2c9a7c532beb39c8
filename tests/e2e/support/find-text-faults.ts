import type { Page } from '@playwright/test';

/**
 * Texts that a reader cannot read whole: cut at an edge of a box, beyond the page, or drawn over each other. Texts that
 * are cut on purpose (with an ellipsis) and texts in front of others (a notice, a dialog) are left out.
 */
export function findTextFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const TOLERANCE_PX = 1.5;
    const root = document.querySelector('dialog[open]') ?? document.body;

    function* listAncestors(node: Node): Generator<HTMLElement> {
      for (let parent = node.parentElement; parent; parent = parent.parentElement) yield parent;
    }

    function isCutOnPurpose(style: CSSStyleDeclaration): boolean {
      return style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    }

    type Box = { left: number; right: number; top: number; bottom: number };

    /** The drawn boxes of the text, one per line, and the layer that it belongs to; undefined if nothing is drawn. */
    function read(node: Node) {
      const range = document.createRange();
      range.selectNodeContents(node);
      let boxes: Box[] = [...range.getClientRects()];
      let layer: Element = document.body;
      let isCut = false;
      for (const element of listAncestors(node)) {
        const style = getComputedStyle(element);
        if (style.visibility === 'hidden' || style.opacity === '0') return undefined;
        if (layer === document.body && /absolute|fixed|sticky/.test(style.position))
          layer = element;
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const clip = element.getBoundingClientRect();
        if (clip.width <= 1) return undefined;
        const canScroll = /auto|scroll/.test(style.overflowX);
        const isWider = boxes.some(
          ({ left, right }) => left < clip.left - TOLERANCE_PX || right > clip.right + TOLERANCE_PX,
        );
        if (isWider && !canScroll && !isCutOnPurpose(style)) isCut = true;
        const isSliced = boxes.some(
          ({ top, bottom }) =>
            Math.min(bottom, clip.bottom) - Math.max(top, clip.top) > TOLERANCE_PX &&
            (top < clip.top - TOLERANCE_PX || bottom > clip.bottom + TOLERANCE_PX),
        );
        if (isSliced && /hidden|clip/.test(style.overflowY)) isCut = true;
        boxes = boxes.map(({ left, right, top, bottom }) => ({
          left: Math.max(left, clip.left),
          right: Math.min(right, clip.right),
          top: Math.max(top, clip.top),
          bottom: Math.min(bottom, clip.bottom),
        }));
      }
      boxes = boxes.filter(
        ({ left, right, top, bottom }) => right - left >= 1 && bottom - top >= 1,
      );
      if (boxes.length === 0) return undefined;
      const isOutside = boxes.some(
        ({ left, right }) => left < -TOLERANCE_PX || right > innerWidth + TOLERANCE_PX,
      );
      return { text: node.textContent ?? '', boxes, layer, isCut, isOutside };
    }

    // Lines of one paragraph have boxes that touch or overlap a little.
    function overlap(a: Box, b: Box): boolean {
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      return width > 3 && height > 8;
    }

    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: NonNullable<ReturnType<typeof read>>[] = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim() ? read(walker.currentNode) : undefined;
      if (text) texts.push(text);
    }
    const faults = texts.flatMap(({ text, isCut, isOutside }) => [
      ...(isCut ? [`cut: ${text}`] : []),
      ...(isOutside ? [`outside: ${text}`] : []),
    ]);
    for (const [i, a] of texts.entries())
      for (const b of texts.slice(i + 1))
        if (
          a.layer === b.layer &&
          a.boxes.some((box) => b.boxes.some((other) => overlap(box, other)))
        )
          faults.push(`overlap: ${a.text} / ${b.text}`);
    return faults;
  });
}
