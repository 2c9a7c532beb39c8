import { expect, type Locator } from '@playwright/test';

type Span = { text: string; left: number; right: number; top: number };

/** The text nodes of the line with their positions on the screen. */
function readSpans(line: Locator): Promise<Span[]> {
  return line.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const spans: Span[] = [];
    while (walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
      if (rects.length === 0) continue;
      spans.push({
        text: walker.currentNode.textContent ?? '',
        left: Math.min(...rects.map(({ left }) => left)),
        right: Math.max(...rects.map(({ right }) => right)),
        top: Math.min(...rects.map(({ top }) => top)),
      });
    }
    return spans;
  });
}

/** Expects that the parts of a line are drawn from left to right without overlap. */
export async function expectLeftToRight(line: Locator, partCount: number): Promise<void> {
  await expectInOrder(line, partCount, (spans) => spans);
}

/** Expects that the parts of a line are drawn from right to left without overlap. */
export async function expectRightToLeft(line: Locator, partCount: number): Promise<void> {
  await expectInOrder(line, partCount, (spans) => spans.reverse());
}

async function expectInOrder(
  line: Locator,
  partCount: number,
  sort: (spans: Span[]) => Span[],
): Promise<void> {
  await expect(line).toBeVisible();
  const spans = sort(await readSpans(line));
  expect(spans.length, JSON.stringify(spans)).toBe(partCount);
  for (const [i, { left }] of spans.entries())
    if (i > 0)
      expect(left, JSON.stringify(spans)).toBeGreaterThanOrEqual((spans[i - 1]?.right ?? 0) - 1);
}
