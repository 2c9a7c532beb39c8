import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { copy as french } from '@/lib/order/copy/fr-CA/order-page';
import { shellCopy as frenchShell } from '@/lib/order/copy/fr-CA/shell';
import { copy as spanish } from '@/lib/order/copy/es-US/order-page';
import { checkCopy } from '@/lib/order/copy/fr-CA/embed-check';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { putOrder } from '@/tests/e2e/support/orders';

const STORE = 'Greenfield Market';

/** The titles of the catalogues among the scripts that the page has loaded. */
function recordCatalogues(page: Page) {
  const texts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/_next/static/') && response.url().endsWith('.js'))
      texts.push(response.text());
  });
  return async () => {
    const scripts = (await Promise.all(texts)).join('\n');
    const titles = {
      'en-US': copy.title(''),
      'fr-CA': french.title(''),
      'es-US': spanish.title(''),
    };
    return Object.entries(titles).flatMap(([locale, title]) =>
      scripts.includes(`\`${title} `) ? [locale] : [],
    );
  };
}

test.describe('a browser in French', () => {
  test.use({ locale: 'fr-FR' });

  test('gets a French page from the first byte, and no other catalogue', async ({ page, site }) => {
    const readCatalogues = recordCatalogues(page);
    const { orderId } = putOrder(site);
    const response = await page.goto(await site.link(orderId));
    const html = (await response?.text()) ?? '';
    expect(html).toContain('<html lang="fr-CA" dir="ltr"');
    expect(html).toContain(`<title>${french.title(STORE)}</title>`);
    expect(html).toContain(`content="${frenchShell.description}"`);
    expect(html).toContain('property="og:locale" content="fr_CA"');
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText('Zelma fait vos achats');
    await expect(page.getByRole('textbox')).toHaveAttribute('placeholder', 'Écrire à Zelma');
    await expect(page.getByRole('link', { name: french.support })).toBeVisible();
    expect(await readCatalogues()).toEqual(['fr-CA']);
    const [, preloaded = ''] = /<link rel="preload" as="script" href="([^"]+)"/.exec(html) ?? [];
    expect(await (await fetch(site.url + preloaded)).text()).toContain(french.title(''));
  });

  test('gets the embed check and the note about JavaScript in French', async ({ page, site }) => {
    await page.goto(`${site.url}/embed/check`);
    await expect(page.getByRole('heading')).toHaveText(checkCopy.title);
    const html = await page.evaluate(async () => (await fetch('/order?locale=xx')).text());
    expect(html).toContain(frenchShell.noScript);
  });
});

test('the language of the link comes before that of the browser, also in title and header', async ({
  page,
  site,
}) => {
  const { orderId } = putOrder(site);
  const headlines: string[] = [];
  await page.exposeFunction('recordHeadline', (text: string) => headlines.push(text));
  await page.addInitScript(() =>
    new MutationObserver(() => {
      const heading = document.querySelector('.status h1');
      if (heading) void Reflect.get(globalThis, 'recordHeadline')(heading.textContent);
    }).observe(document, { childList: true, subtree: true }),
  );
  await page.goto(await site.link(orderId, { loc: 'es-MX' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Zelma está haciendo sus compras',
  );
  await expect(page.locator('html')).toHaveAttribute('lang', 'es-US');
  await expect(page).toHaveTitle(new RegExp(`${spanish.title(STORE)}$`));
  await expect(page.getByRole('link', { name: spanish.support })).toBeVisible();
  expect(new Set(headlines)).toEqual(new Set(['Zelma está haciendo sus compras']));
});

test.describe('a link that has expired', () => {
  test.use({ allowedNoise: /status of 410/ });

  test('says so in its own language', async ({ page, site }) => {
    const { orderId } = putOrder(site);
    const exp = Math.floor(Date.now() / 1_000) - 3_600;
    await page.goto(await site.link(orderId, { loc: 'fr-CA', exp }));
    await expect(page.getByRole('heading')).toHaveText(french.problems.link_expired.title);
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr-CA');
  });
});

test('the language of a host page applies from the first byte, changes at run time, and keeps the draft', async ({
  page,
  site,
  openOrder,
}) => {
  const documents: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/embed?')) documents.push(await response.text());
  });
  await openOrder(putOrder(site).orderId, 'locale="fr"');
  const frame = frameOf(page);
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Zelma fait vos achats');
  expect(documents[0]).toContain('<html lang="fr-CA"');
  await frame.getByRole('textbox').fill('Merci');
  await page.locator('order-status').evaluate((element) => element.setAttribute('locale', 'es-US'));
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText(
    'Zelma está haciendo sus compras',
  );
  await expect(frame.locator('html')).toHaveAttribute('lang', 'es-US');
  await expect(frame.getByRole('textbox')).toHaveValue('Merci');
  // A language that the store does not offer is ignored: the page has that of the HTML.
  await page.locator('order-status').evaluate((element) => element.setAttribute('locale', 'de'));
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Zelma fait vos achats');
});
