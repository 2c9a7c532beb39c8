import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openers } from '@/tests/e2e/support/states';
import {
  darkLogo,
  icon,
  logo,
  NO_PLATE,
  readHead,
  readLogo,
  routePictures,
} from '@/tests/e2e/support/store-brand';

// A store with logos for both colour schemes, an icon and a red colour.

test.beforeEach(({ page }) => routePictures(page));

test.use({
  siteEnv: {
    RETAILER_LOGO_URL: logo,
    RETAILER_LOGO_DARK_URL: darkLogo,
    RETAILER_ICON_URL: icon,
    RETAILER_COLOR: 'red',
  },
});

test('the logo follows the colour scheme of the device', async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openers.shopping(page, site);
  expect(await readLogo(page)).toEqual({ address: logo, ...NO_PLATE });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => readLogo(page)).toEqual({ address: darkLogo, ...NO_PLATE });
});

test('the icon is the icon of the tab, of home screens and of link previews', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/order`);
  expect(await readHead(page, 'link[rel="icon"]')).toEqual([icon]);
  expect(await readHead(page, 'link[rel="apple-touch-icon"]')).toEqual([icon]);
  expect(await readHead(page, 'meta[property="og:image"]')).toEqual([icon]);
  expect(await readHead(page, 'meta[name="twitter:card"]')).toEqual(['summary']);
});

test('beside a red brand a warning has a mark, and neither Send nor the current step has one', async ({
  page,
  site,
}) => {
  await openers.late(page, site);
  await page.getByRole('textbox').fill('Thank you');
  const markOf = (part: string) =>
    page.locator(part).evaluate((element) => getComputedStyle(element, '::before').content);
  expect(await markOf('.status .text-caution-ink')).toContain('!');
  expect(await markOf('[aria-current="step"] >> nth=0')).toBe('none');
  expect(await markOf('[type="submit"]')).toBe('none');
  // A field with a red ring would look invalid.
  await expect(page.getByRole('textbox')).toHaveCSS('outline-color', 'rgb(26, 28, 25)');
  const send = page.getByRole('button', { name: copy.composer.send, exact: true });
  await expect(send).toHaveCSS('background-color', 'rgb(255, 0, 0)');
  await send.hover();
  await expect(send).not.toHaveCSS('background-color', 'rgb(255, 0, 0)');
});
