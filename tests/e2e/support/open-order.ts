import type { Page } from '@playwright/test';
import type { Site } from '@/tests/support/site';
import { expect } from './site-test';

/** Opens the page in a state, and waits until the state is visible. */
export type Opener = (page: Page, site: Site) => Promise<void>;

/** Opens an order, and waits until the page shows the text. */
export async function open(page: Page, site: Site, orderId: string, text: string): Promise<void> {
  await page.goto(await site.link(orderId));
  await expect(page.getByText(text).filter({ visible: true }).first()).toBeVisible();
}
