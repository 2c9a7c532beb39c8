import type { Page } from '@playwright/test';
import { findBarriers } from './find-barriers';
import { expect } from './site-test';

/** Expects no barriers in the open page, in light and dark colours, narrow and wide. */
export async function expectNoBarriers(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1280]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 844 });
      const barriers = await findBarriers(page);
      expect(barriers, `${colorScheme}, ${width} px`).toEqual([]);
    }
  }
}
