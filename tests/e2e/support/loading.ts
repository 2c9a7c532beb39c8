import type { Page } from '@playwright/test';
import { inMinutes } from '@/tests/simulator/order-script';

/** A script that records the page's layout shifts, as browsers measure them, in `self.shifts`. */
export const MEASURE_SHIFTS = `
  self.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      self.shifts.push({ value, moved: sources.map(({ node }) => node?.className ?? '') });
  }).observe({ type: 'layout-shift', buffered: true });
`;

// Two lines on a narrow page and one on a wider one, in whatever font the system has.
export const checkoutNotice = inMinutes.notice(6, 'Your shopper is now at the checkout.', ['sms']);

/** Delays every request that matches until the returned function is called. */
export async function holdBack(page: Page, pattern: string): Promise<() => void> {
  let letThrough = () => {};
  const mayPass = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(pattern, async (route) => {
    await mayPass;
    await route.continue();
  });
  return letThrough;
}
