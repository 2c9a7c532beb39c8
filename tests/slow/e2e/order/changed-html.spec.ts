import type { Page } from '@playwright/test';
import { startRewritingProxy } from '@/tests/e2e/support/rewriting-proxy';
import { expect, test } from '@/tests/e2e/support/site-test';

// CDNs, extensions and translators change the HTML before React hydrates it. The page then renders
// again in the browser, and the order has to show all the same.

// React reports the mismatch that most of these changes cause. While it renders the document again there is no
// icon in it, and Chromium then asks for the default one.
test.use({ allowedNoise: /Minified React error #(418|423|425)|status of 404/ });

const missing: string[] = [];
test.beforeEach(({ page }) => {
  missing.length = 0;
  page.on('response', (response) => {
    if (response.status() === 404) missing.push(new URL(response.url()).pathname);
  });
});
test.afterEach(() => expect(missing.filter((path) => path !== '/favicon.ico')).toEqual([]));

const PATHS = ['/order', '/embed', '/s'];

/** Changes to the HTML on its way, as a CDN makes them. */
const rewrites: Record<string, (html: string) => string> = {
  'comments are stripped': (html) => html.replace(/<!--.*?-->/g, ''),
  'noscript is removed': (html) => html.replace(/<noscript>.*?<\/noscript>/g, ''),
  'an element is first in the body': (html) => html.replace(/<body[^>]*>/, '$&<div></div>'),
  'data is first in the head': (html) =>
    html.replace('<head>', '<head><script type="application/json">{}</script>'),
  'a text is reworded': (html) => html.replace('Loading your order…', 'Loading'),
  'a text is removed': (html) => html.replace('Loading your order…', ''),
  'addresses of links are replaced': (html) =>
    html.replaceAll('href="https://www.example.com/help"', 'href="/cdn-cgi/l/email-protection#1f"'),
  'spaces are put between elements': (html) => html.replaceAll('><', '>\n<'),
};

/** Changes to the document, as an extension makes them before the bundle runs. */
const interventions: Record<string, () => void> = {
  'an extension puts an element first': () => document.body.prepend(document.createElement('div')),
  'an extension puts an element last': () =>
    document.body.append(document.createElement('x-extension')),
  'an extension marks html and body': () => {
    document.documentElement.setAttribute('data-extension', '');
    document.body.className += ' extension';
  },
  'a translator replaces all texts': () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode())
      if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement?.closest('script,style')) continue;
      const outer = document.createElement('font');
      const inner = document.createElement('font');
      inner.textContent = `«${text.data}»`;
      outer.append(inner);
      text.replaceWith(outer);
    }
  },
  'a blocker removes the header and inline scripts': () =>
    document
      .querySelectorAll('header, head script[type=module]')
      .forEach((element) => element.remove()),
};

async function expectOrder(page: Page) {
  await expect(page.getByText('You’re the best.')).toBeVisible();
  await expect(page.getByRole('textbox')).toBeEditable();
}

for (const path of PATHS) {
  for (const [name, rewriteHtml] of Object.entries(rewrites))
    test(`${path} shows the order when ${name}`, async ({ page, site }) => {
      const proxy = await startRewritingProxy(site.url, { rewriteHtml });
      await page.goto(`${proxy.url}${path}#${await site.token('shopping')}`);
      await expectOrder(page);
      proxy.close();
    });

  for (const [name, intervene] of Object.entries(interventions))
    test(`${path} shows the order when ${name}`, async ({ page, site }) => {
      await page.addInitScript(`addEventListener('DOMContentLoaded', ${String(intervene)})`);
      await page.goto(`${site.url}${path}#${await site.token('shopping')}`);
      await expectOrder(page);
    });
}

test('the frame keeps the theme and height of its address when it renders again', async ({
  page,
  site,
}) => {
  const rewriteHtml = rewrites['an element is first in the body'];
  const proxy = await startRewritingProxy(site.url, { ...(rewriteHtml && { rewriteHtml }) });
  const token = await site.token('shopping');
  await page.goto(`${proxy.url}/embed?theme=dark&height=fixed#${token}`);
  await expectOrder(page);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('data-height', 'fixed');
  proxy.close();
});
