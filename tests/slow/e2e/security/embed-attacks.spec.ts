import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test, withElement } from '@/tests/e2e/support/embed-test';

const GREETING = 'You’re the best.';

// Ten shapes, of which the right ones come from the wrong place.
const forgeries: unknown[] = [
  { v: 1, type: 'order-status:height', height: 3_999 },
  { v: 1, type: 'order-status:height', height: 'calc(99999)' },
  { v: 1, type: 'order-status:ready', v2: true },
  { v: 1, type: 'order-status:expired', what: 'chat' },
  { v: 1, type: 'order-status:token-needed', reason: 'expired' },
  { v: 1, type: 'order-status:unread', count: 99 },
  { v: 1, type: 'order-status:error', code: '<img src=x onerror=alert(1)>' },
  { v: 1, type: 'order-status:settings', theme: 'dark', locale: 'de-DE', height: 'fixed' },
  { v: 1, type: '__proto__', height: 1 },
  JSON.stringify({ v: 1, type: 'order-status:height', height: 3_999 }),
];

/** Malformed ones, which are not obeyed even from the right place. */
const nonsense: unknown[] = [
  null,
  7,
  'order-status:settings',
  [],
  { type: 'order-status:settings', theme: 'dark', locale: 'de-DE', height: 'fixed' },
  { v: 2, type: 'order-status:settings', theme: 'dark', locale: 'de-DE', height: 'fixed' },
  { v: 1, type: 'order-status:settings', theme: 'pink', locale: '', height: 'auto' },
  { v: 1, type: 'order-status:settings', theme: 'dark', locale: '', height: '10px' },
  { v: 1, type: 'order-status:settings', theme: 'dark', locale: { de: 1 }, height: 'auto' },
  { v: 1, type: 'order-status:token', token: 'other', theme: 'dark', height: 'fixed' },
];

function looks(page: Page) {
  return frameOf(page)
    .locator('html')
    .evaluate((html) => ({ ...html.dataset, hash: location.hash }));
}

test('what the host itself, a sibling frame or another window makes up is not obeyed', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  const [shop, evil] = ['shop.localhost', 'evil.localhost'].map(host.origin);
  // The sibling sends to the shop, and to the order's plain frame beside it: an element's is out of reach.
  host.put('/sibling', {
    html: `<script>addEventListener('message', ({ data }) => {
      for (const forged of data) { parent.postMessage(forged, '*'); parent.frames[1].postMessage(forged, '*'); }
    })</script>`,
  });
  host.put('/attacked', {
    html: `<iframe id="sibling" title="Ad" src="${evil}/sibling" hidden></iframe>
      <iframe id="plain" title="Order" src="${ordersUrl}/embed#${await site.token('waiting')}"></iframe>
      ${withElement(ordersUrl, await site.token('shopping'))}`,
  });
  await page.goto(`${shop}/attacked`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(async () => (await heard(page)).map(([name]) => name)).toContain('unread');
  const [before, events] = [await looks(page), (await heard(page)).length];
  const box = await page.locator('order-status').boundingBox();
  await expect(frameOf(page, '#plain').getByText(copy.chat.waiting)).toBeVisible();

  await page.evaluate(
    ({ forged, malformed, target }) => {
      const frame = document.querySelector('order-status')?.shadowRoot?.querySelector('iframe');
      const sibling = document.querySelector<HTMLIFrameElement>('#sibling');
      // From the host: to itself, and to the frame what only a wrong message would say.
      for (const message of forged) postMessage(message, '*');
      for (const message of malformed) frame?.contentWindow?.postMessage(message, target);
      sibling?.contentWindow?.postMessage(forged, '*');
    },
    { forged: forgeries, malformed: nonsense, target: ordersUrl },
  );
  // Messages keep their order, so when the last of them has come all have.
  await page
    .locator('#sibling')
    .contentFrame()
    .locator('body')
    .evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
  await page.locator('order-status').evaluate((element) => element.setAttribute('locale', 'de'));
  await expect.poll(() => looks(page)).toEqual({ ...before, locale: 'de' });
  expect(await heard(page)).toHaveLength(events);
  expect(await page.locator('order-status').boundingBox()).toEqual(box);
  expect(await page.evaluate(() => frames.length)).toBe(2);
  const plain = frameOf(page, '#plain').locator('html');
  expect(await plain.evaluate((html) => ({ ...html.dataset }))).toEqual({});
});

test('an origin that may not frame is not obeyed either, should a browser let it frame', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  // As a browser that knows no frame-ancestors would.
  await page.route(`${ordersUrl}/embed?**`, async (route) => {
    // Only browsers resolve names below localhost.
    const url = route.request().url().replace(ordersUrl, site.url);
    const response = await route.fetch({ url });
    const headers = { ...response.headers() };
    headers['content-security-policy'] = String(headers['content-security-policy']).replace(
      /frame-ancestors [^;]*;/,
      '',
    );
    await route.fulfill({ response, headers });
  });
  host.put('/thief', { html: withElement(ordersUrl, await site.token('waiting')) });
  await page.goto(`${host.origin('evil.localhost')}/thief`);
  await expect(frameOf(page).getByText(copy.chat.waiting)).toBeVisible();
  await page.locator('order-status').evaluate((element) => element.setAttribute('theme', 'dark'));
  expect(await looks(page)).not.toHaveProperty('theme', 'dark');
  expect(await heard(page)).toEqual([]);
});

test('the frame asks for no height that would push the shop away', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  host.put('/clamped', { html: withElement(ordersUrl, await site.token('shopping')) });
  await page.goto(`${host.origin('shop.localhost')}/clamped`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  const heightFor = async (height: unknown) => {
    const shop = host.origin('shop.localhost');
    await frameOf(page)
      .locator('html')
      .evaluate(
        (_, [asked, target]) =>
          parent.postMessage({ v: 1, type: 'order-status:height', height: asked }, String(target)),
        [height, shop] as const,
      );
    await expect
      .poll(async () => (await heard(page)).filter(([name]) => name === 'height').at(-1))
      .toEqual(['height', { height }]);
    return (await page.locator('order-status').boundingBox())?.height;
  };
  expect(await heightFor(99_999)).toBe(4_000);
  expect(await heightFor(1)).toBe(120);
});
