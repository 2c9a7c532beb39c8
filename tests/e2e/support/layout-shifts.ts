import type { Page } from '@playwright/test';

type Shift = { value: number; moved: string[] };

declare global {
  var layoutShifts: Shift[];
}

/** Records the layout shifts of every page that is opened after this call. */
export function observeShifts(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    globalThis.layoutShifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as PerformanceEntry & {
          value: number;
          sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
        };
        globalThis.layoutShifts.push({
          value,
          moved: sources.map(
            ({ node, previousRect, currentRect }) =>
              `${node?.nodeName} “${node?.textContent?.slice(0, 30)}” ${previousRect.y} → ${currentRect.y} px`,
          ),
        });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The sum of all scores so far (Layout Instability API), without regard to recent input, and what moved. */
export async function readShifts(page: Page): Promise<{ total: number; shifts: Shift[] }> {
  const shifts = await page.evaluate(() => globalThis.layoutShifts);
  return { total: shifts.reduce((sum, { value }) => sum + value, 0), shifts };
}
