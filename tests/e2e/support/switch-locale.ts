import { expect, type Page } from '@playwright/test';
import type { Locale } from '@/lib/order/copy/locales';

/** Changes the language of the open page, as a host page does through embed.js. */
export async function switchLocale(page: Page, locale: Locale): Promise<void> {
  await page.evaluate((tag) => {
    document.documentElement.dataset['locale'] = tag;
    dispatchEvent(new Event('languagechange'));
  }, locale);
  await expect(page.locator('html')).toHaveAttribute('lang', locale);
  // The copy of later parts is a script of its own.
  await page.waitForLoadState('networkidle');
}
