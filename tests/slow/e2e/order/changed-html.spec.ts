import type { Page } from '@playwright/test';
import { startRewritingProxy } from '@/tests/e2e/support/rewriting-proxy';
import { expect, test } from '@/tests/e2e/support/site-test';

// CDNs, extensions and translators change the HTML before React hydrates it. The page then renders
// again in the browser, and the order must still be shown.

// React reports the mismatch that most of these changes cause. While React renders the document again it has no
// icon, so Chromium requests the default icon.
test.use({ allowedNoise: /Minified React error #(418|423|425)|status of 404/ });

const missing: string[] = [];
test.beforeEach(({ page }) => {
  missing.length = 0;
  page.on('response', (response) => {
    if (response.status() === 404) missing.push(new URL(response.url()).pathname);
  });
});
test.afterEach(() => expect(missing.filter((path) => path !== '/favicon.ico')).toEqual([]));

// Every page renders with the same components, so the changes with the greatest effect are enough for the other pages.
const OTHER_PATHS = ['/embed', '/s'];
const GREATEST_CHANGES = [
  'an element is first in the body',
  'spaces are put between elements',
  'a translator replaces all texts',
];

/** Changes of a CDN to the HTML. */
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

/** Changes of an extension to the document before the bundle runs. */
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

for (const path of ['/order', ...OTHER_PATHS]) {
  const isTested = ([name]: readonly [string, unknown]) =>
    path === '/order' || GREATEST_CHANGES.includes(name);
  for (const [name, rewriteHtml] of Object.entries(rewrites).filter(isTested))
    test(`${path} shows the order when ${name}`, async ({ page, site }) => {
      const proxy = await startRewritingProxy(site.url, { rewriteHtml });
      await page.goto(`${proxy.url}${path}#${await site.token('shopping')}`);
      await expectOrder(page);
      proxy.close();
    });

  for (const [name, intervene] of Object.entries(interventions).filter(isTested))
    test(`${path} shows the order when ${name}`, async ({ page, site }) => {
      await page.addInitScript(`addEventListener('DOMContentLoaded', ${String(intervene)})`);
      await page.goto(`${site.url}${path}#${await site.token('shopping')}`);
      await expectOrder(page);
    });
}

test('a frame that renders again keeps the theme and height of its address', async ({
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
