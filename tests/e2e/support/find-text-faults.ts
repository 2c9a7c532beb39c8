import type { Page } from '@playwright/test';

/**
 * Texts that a reader cannot read whole: cut at the side of a box, beyond the page, or drawn over each other. Texts that
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

    /** The part of the text that is drawn; undefined if nothing is, and the layer that it belongs to. */
    function read(node: Node) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const whole = range.getBoundingClientRect();
      let { left, right, top, bottom } = whole;
      let layer: Element = document.body;
      let isCut = false;
      for (const element of listAncestors(node)) {
        const style = getComputedStyle(element);
        if (style.visibility === 'hidden' || style.opacity === '0') return undefined;
        if (layer === document.body && /absolute|fixed|sticky/.test(style.position))
          layer = element;
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const box = element.getBoundingClientRect();
        if (box.width <= 1) return undefined;
        const isWider = left < box.left - TOLERANCE_PX || right > box.right + TOLERANCE_PX;
        if (isWider && !isCutOnPurpose(style)) isCut = true;
        left = Math.max(left, box.left);
        right = Math.min(right, box.right);
        top = Math.max(top, box.top);
        bottom = Math.min(bottom, box.bottom);
      }
      if (right - left < 1 || bottom - top < 1) return undefined;
      const isOutside = left < -TOLERANCE_PX || right > innerWidth + TOLERANCE_PX;
      return { text: node.textContent ?? '', left, right, top, bottom, layer, isCut, isOutside };
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
      for (const b of texts.slice(i + 1)) {
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // Lines of one paragraph have boxes that touch or overlap a little.
        if (a.layer === b.layer && width > 3 && height > 8)
          faults.push(`overlap: ${a.text} / ${b.text}`);
      }
    return faults;
  });
}
