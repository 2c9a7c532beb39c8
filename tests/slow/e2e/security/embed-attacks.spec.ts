import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';

const GREETING = 'You’re the best.';

// Ten messages. The well-formed messages are sent by a wrong sender.
const forgedMessages: unknown[] = [
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

/** Malformed messages, which are ignored even from the right sender. */
const malformedMessages: unknown[] = [
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

function readState(page: Page) {
  return frameOf(page)
    .locator('html')
    .evaluate((html) => ({ ...html.dataset, hash: location.hash }));
}

test('messages forged by the host itself or by a sibling frame are ignored', async ({
  page,
  host,
  site,
  ordersUrl,
  openHostPage,
  hostEvents,
}) => {
  const evil = host.origin('evil.localhost');
  // The sibling sends to the shop and to the plain order frame beside it. It cannot reach the element's frame.
  host.put('/sibling', {
    html: `<script>addEventListener('message', ({ data }) => {
      for (const forged of data) { parent.postMessage(forged, '*'); parent.frames[1].postMessage(forged, '*'); }
    })</script>`,
  });
  await openHostPage(
    `<iframe id="sibling" title="Ad" src="${evil}/sibling" hidden></iframe>
      <iframe id="plain" title="Order" src="${ordersUrl}/embed#${await site.token('waiting')}"></iframe>
      ${elementHtml(ordersUrl, await site.token('shopping'))}`,
  );
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(() => hostEvents('unread')).not.toEqual([]);
  await expect(frameOf(page, '#plain').getByText(copy.waiting.title)).toBeVisible();
  // The wait for the second frame leaves time for a last report of the first frame's height.
  const [before, events] = [await readState(page), (await hostEvents()).length];
  const box = await page.locator('order-status').boundingBox();

  await page.evaluate(
    ({ forged, malformed, target }) => {
      const frame = document.querySelector('order-status')?.shadowRoot?.querySelector('iframe');
      const sibling = document.querySelector<HTMLIFrameElement>('#sibling');
      // The host sends forged messages to itself, and malformed messages to the frame.
      for (const message of forged) postMessage(message, '*');
      for (const message of malformed) frame?.contentWindow?.postMessage(message, target);
      sibling?.contentWindow?.postMessage(forged, '*');
    },
    { forged: forgedMessages, malformed: malformedMessages, target: ordersUrl },
  );
  // Messages are delivered in order, so after this task of the sibling all of them were delivered.
  await page
    .locator('#sibling')
    .contentFrame()
    .locator('body')
    .evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
  await page.locator('order-status').evaluate((element) => element.setAttribute('locale', 'de'));
  await expect.poll(() => readState(page)).toEqual({ ...before, locale: 'de' });
  expect(await hostEvents()).toHaveLength(events);
  expect(await page.locator('order-status').boundingBox()).toEqual(box);
  expect(await page.evaluate(() => frames.length)).toBe(2);
  const plain = frameOf(page, '#plain').locator('html');
  // The copy of the page after an error is the only attribute of the HTML.
  expect(await plain.evaluate((html) => Object.keys(html.dataset))).toEqual(['failed']);
});

test('messages of an origin that is not allowed are ignored in a browser without frame-ancestors', async ({
  page,
  site,
  ordersUrl,
  openHostPage,
  hostEvents,
}) => {
  // The route removes frame-ancestors, as if the browser did not support it.
  await page.route(`${ordersUrl}/embed?**`, async (route) => {
    // Only browsers resolve subdomains of localhost.
    const url = route.request().url().replace(ordersUrl, site.url);
    const response = await route.fetch({ url });
    const headers = { ...response.headers() };
    headers['content-security-policy'] = String(headers['content-security-policy']).replace(
      /frame-ancestors [^;]*;/,
      '',
    );
    await route.fulfill({ response, headers });
  });
  await openHostPage(elementHtml(ordersUrl, await site.token('waiting')), {
    hostname: 'evil.localhost',
  });
  await expect(frameOf(page).getByText(copy.waiting.title)).toBeVisible();
  await page.locator('order-status').evaluate((element) => element.setAttribute('theme', 'dark'));
  expect(await readState(page)).not.toHaveProperty('theme', 'dark');
  expect(await hostEvents()).toEqual([]);
});

test('heights that the frame requests are limited to 120 to 4,000 px', async ({
  page,
  host,
  openOrder,
  hostEvents,
}) => {
  await openOrder('shopping');
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  // The frame may still post its own height, so the request is repeated until it was the last one.
  const expectHeight = (requestedPx: number, heightPx: number) =>
    expect(async () => {
      await frameOf(page)
        .locator('html')
        .evaluate(
          (_, [height, target]) =>
            parent.postMessage({ v: 1, type: 'order-status:height', height }, target),
          [requestedPx, host.origin('shop.localhost')] as const,
        );
      const box = await page.locator('order-status').boundingBox();
      expect(box?.height).toBe(heightPx);
    }).toPass();
  await expectHeight(99_999, 4_000);
  await expectHeight(1, 120);
  expect(await hostEvents('height')).toContainEqual(['height', { height: 1 }]);
});
