import type { Page } from '@playwright/test';
import { plainRequest } from '@/tests/support/plain-request';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';

// The frame is always loaded from PUBLIC_URL, with any content of the host page.

const GREETING = 'You’re the best.';

test.use({ allowedNoise: /Duplicate form id|An iframe which has both|ERR_FAILED|net::/ });

/** Records the addresses that frames open at the other origin. */
async function watch(page: Page, other: string): Promise<string[]> {
  const sent: string[] = [];
  page.on('framenavigated', (frame) => {
    if (frame.url().startsWith(other)) sent.push(frame.url());
  });
  await page.route(`${other}/**`, (route) => route.fulfill({ body: '', contentType: 'text/html' }));
  return sent;
}

function clobberings(other: string): Record<string, string> {
  const named = (tag: string, attributes: string, name = 'currentScript') =>
    `<${tag} name="${name}" ${attributes}></${tag}>`;
  return {
    'an image': `<img name="currentScript" src="${other}/embed.js" alt="">`,
    'an image with an id': `<img name="currentScript" id="currentScript" src="${other}/embed.js" alt="">`,
    'an embed': `<embed name="currentScript" src="${other}/embed.js">`,
    'an object': `<object id="currentScript" name="currentScript" data="${other}/embed.js"></object>`,
    'a frame': named('iframe', `src="${other}/embed.js"`),
    'a form with a field': `<form name="currentScript"><input name="src" value="${other}/embed.js"></form>`,
    'a collection of two forms': `${named('form', 'id="src"')}${named('form', '')}`,
    'a base address': `<base href="${other}/">`,
    'named properties of document': [
      ...['body', 'documentElement', 'createElement', 'querySelector', 'defaultView', 'scripts'],
      ...['location', 'URL', 'baseURI', 'head', 'implementation', 'adoptedStyleSheets'],
    ]
      .map((name) => `<img name="${name}" src="${other}/embed.js" alt="">`)
      .join(''),
    'named properties of window': [
      ...['customElements', 'URL', 'HTMLElement', 'Reflect', 'Document', 'addEventListener'],
      ...['MutationObserver', 'CSSStyleSheet', 'getComputedStyle', 'CustomEvent', 'origin'],
    ]
      .map((name) => `<a id="${name}" href="${other}/embed.js"></a>`)
      .join(''),
  };
}

const kinds = Object.keys(clobberings(''));
const loads = { classic: kinds, module: ['an image'], 'import()': ['an image'] };

for (const [load, clobbered] of Object.entries(loads))
  for (const kind of clobbered)
    test(`${kind} does not change the origin of the frame of a ${load} script`, async ({
      page,
      host,
      site,
      ordersUrl,
      openHostPage,
    }) => {
      const other = host.origin('other.localhost');
      const sent = await watch(page, other);
      const scripts = new Map([
        ['classic', `<script src="${ordersUrl}/embed.js"></script>`],
        ['module', `<script type="module" src="${ordersUrl}/embed.js"></script>`],
        ['import()', `<script>import('${ordersUrl}/embed.js')</script>`],
      ]);
      const token = await site.token('shopping');
      await openHostPage(
        `${clobberings(other)[kind]}${scripts.get(load)}<order-status token="${token}"></order-status>`,
      );
      await expect(frameOf(page).getByText(GREETING)).toBeVisible();
      const frame = page.locator('order-status iframe');
      await expect(frame).toHaveAttribute('src', new RegExp(`^${ordersUrl}/embed\\?.*#${token}$`));
      await expect(page.locator('order-status a')).toHaveAttribute(
        'href',
        `${ordersUrl}/order#${token}`,
      );
      expect(sent.filter((url) => url.includes(token))).toEqual([]);
    });

test('a script from another hostname of the server, or copied into the page, frames PUBLIC_URL', async ({
  page,
  site,
  ordersUrl,
  openHostPage,
}) => {
  const token = await site.token('shopping');
  const { body } = await plainRequest(`${site.url}/embed.js`);
  const copies: string[] = [
    elementHtml(site.url, token),
    `<script>${body}</script><order-status token="${token}"></order-status>`,
    `<script type="module">${body}</script><order-status token="${token}"></order-status>`,
  ];
  for (const html of copies) {
    await openHostPage(html);
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    await expect(page.locator('order-status iframe')).toHaveAttribute(
      'src',
      new RegExp(`^${ordersUrl}/`),
    );
  }
});

test('the script is the same for every Host header, so that caches may store it', async ({
  site,
  ordersUrl,
}) => {
  const answers = await Promise.all(
    [{}, { host: 'evil.example', 'x-forwarded-host': 'evil.example' }].map((headers) =>
      plainRequest(`${site.url}/embed.js`, headers),
    ),
  );
  expect(answers[0]?.body).toContain(`"${ordersUrl}"`);
  expect(answers[1]?.body).toBe(answers[0]?.body);
  expect(answers[0]?.headers['cache-control']).toMatch(/^public, max-age=3600/);
});

test('next start serves the script with the origin of PUBLIC_URL too', async ({ startSite }) => {
  const site = await startSite({}, 'next start');
  const { body, headers } = await plainRequest(`${site.url}/embed.js`);
  expect(body).toContain(`"${site.url}"`);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
});
