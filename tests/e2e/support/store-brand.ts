import type { Page } from '@playwright/test';

/** Addresses of the pictures of a store. `routePictures` answers requests for them. */
export const logo = 'https://www.example.com/logo.svg';
export const darkLogo = 'https://www.example.com/logo-dark.svg';
export const icon = 'https://www.example.com/icon.png';

const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="28"/>';

export function routePictures(page: Page): Promise<unknown> {
  return page.route('https://www.example.com/**', (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: picture }),
  );
}

/** The address of the logo that the page shows, and its plate. */
export function readLogo(page: Page) {
  return page.locator('header img').evaluate((image: HTMLImageElement) => {
    const { backgroundColor, paddingTop } = getComputedStyle(image);
    return { address: image.currentSrc, backgroundColor, paddingTop };
  });
}

export const NO_PLATE = { backgroundColor: 'rgba(0, 0, 0, 0)', paddingTop: '0px' };

/** The addresses or contents of elements of the head. */
export async function readHead(page: Page, selector: string): Promise<(string | null)[]> {
  const elements = await page.locator(selector).all();
  return Promise.all(
    elements.map(async (tag) => (await tag.getAttribute('href')) ?? tag.getAttribute('content')),
  );
}
