import { expect, test } from '@/tests/e2e/support/site-test';
import { openers } from '@/tests/e2e/support/states';
import { logo, NO_PLATE, readHead, readLogo, routePictures } from '@/tests/e2e/support/store-brand';

// A store with one logo for both colour schemes.

test.beforeEach(({ page }) => routePictures(page));

test.use({ siteEnv: { RETAILER_LOGO_URL: logo } });

test('the logo stands on a light plate on a dark page, also with forced colours', async ({
  page,
  site,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openers.shopping(page, site);
  expect(await readLogo(page)).toEqual({ address: logo, ...NO_PLATE });
  const plate = { address: logo, backgroundColor: 'rgb(255, 255, 255)', paddingTop: '4px' };
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await readLogo(page)).toEqual(plate);
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' });
  expect(await readLogo(page)).toEqual(plate);
});

test('link previews show the logo, and the tab has the icon of this project', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/order`);
  expect(await readHead(page, 'link[rel="icon"]')).toEqual(['/icon.svg']);
  expect(await readHead(page, 'link[rel="apple-touch-icon"]')).toEqual([]);
  expect(await readHead(page, 'meta[property="og:image"]')).toEqual([logo]);
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [390, 1280])
    test(`the browser's bar has the colour of the top of a ${colorScheme} page ${width} px wide`, async ({
      page,
      site,
    }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 700 });
      await openers.shopping(page, site);
      const { bar, top } = await page.evaluate(() => {
        const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
        const probe = document.createElement('i');
        probe.style.color = metas.find(({ media }) => matchMedia(media).matches)?.content ?? '';
        document.body.append(probe);
        let at: Element | null = document.elementFromPoint(innerWidth / 2, 1);
        const background = (element: Element) => getComputedStyle(element).backgroundColor;
        while (at?.parentElement && background(at) === 'rgba(0, 0, 0, 0)') at = at.parentElement;
        return { bar: getComputedStyle(probe).color, top: at && background(at) };
      });
      expect(bar).toBe(top);
    });
