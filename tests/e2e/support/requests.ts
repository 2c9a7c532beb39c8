import type { Page } from '@playwright/test';

/** Blocks matching requests until the returned function is called. */
export async function blockUntilCalled(page: Page, pattern: string): Promise<() => void> {
  let unblock = () => {};
  const unblocked = new Promise<void>((resolve) => (unblock = resolve));
  await page.route(pattern, async (route) => {
    await unblocked;
    await route.fallback();
  });
  return unblock;
}
