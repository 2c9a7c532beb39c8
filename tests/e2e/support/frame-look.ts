import type { Page } from '@playwright/test';
import { frameOf } from './embed-test';

/** Sets an attribute of the element. */
export function setAttribute(page: Page, name: string, value: string) {
  return page
    .locator('order-status')
    .evaluate((element, [key = '', text = '']) => element.setAttribute(key, text), [name, value]);
}

/** Computed style of a part of the page in the frame. */
export function readStyle(page: Page, selector: string, property: string): Promise<string> {
  return frameOf(page)
    .locator(selector)
    .first()
    .evaluate((part, name) => getComputedStyle(part).getPropertyValue(name), property);
}
