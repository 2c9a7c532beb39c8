import type { Page } from '@playwright/test';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';

// Frameworks add listeners after the element has dispatched an event.

const GREETING = 'You’re the best.';

test.use({ allowedNoise: /status of (401|410)/ });

declare global {
  var received: unknown[];
}

function received(page: Page): Promise<unknown[]> {
  return page.evaluate(() => globalThis.received);
}

/** Adds a listener to the element and records the details that it receives. */
function listen(page: Page, name: string): Promise<void> {
  return page.locator('order-status').evaluate((element, type) => {
    globalThis.received ??= [];
    element.addEventListener(`order-status:${type}`, (event) =>
      globalThis.received.push(event instanceof CustomEvent && event.detail),
    );
  }, name);
}

test('a late listener receives the missed token-needed once', async ({
  page,
  ordersUrl,
  openHostPage,
  hostEvents,
}) => {
  await openHostPage(elementHtml(ordersUrl, ''));
  await expect.poll(() => hostEvents()).toEqual([['token-needed', { reason: 'missing' }]]);
  await listen(page, 'token-needed');
  await listen(page, 'token-needed');
  expect(await received(page)).toEqual([{ reason: 'missing' }]);
  // Listeners on ancestors received the event when it was dispatched.
  expect(await hostEvents()).toHaveLength(1);
});

test('a late listener receives the expiry of a link until the element has a new token', async ({
  page,
  site,
  ordersUrl,
  openHostPage,
  hostEvents,
}) => {
  const expired = await site.token('shopping', { exp: 1_700_000_000 });
  await openHostPage(elementHtml(ordersUrl, expired));
  await expect.poll(() => hostEvents()).toContainEqual(['token-needed', { reason: 'expired' }]);
  await listen(page, 'expired');
  expect(await received(page)).toEqual([{ what: 'link' }]);
  await page.locator('order-status').evaluate(
    (element, token) => {
      Object.assign(element, { token });
    },
    await site.token('shopping'),
  );
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(() => hostEvents('ready')).not.toEqual([]);
  await listen(page, 'token-needed');
  await listen(page, 'ready');
  expect(await received(page)).toEqual([{ what: 'link' }, { v: 1 }]);
});

test('a listener that React adds, removes and adds again in one task receives the event once', async ({
  page,
  ordersUrl,
  openHostPage,
}) => {
  await openHostPage(`<script src="${ordersUrl}/embed.js"></script><main></main>`);
  const seen = await page.evaluate(async () => {
    const seen: unknown[] = [];
    const element = document.createElement('order-status');
    document.querySelector('main')?.append(element);
    // React runs effects after the browser has painted.
    const afterPaint = () =>
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    await afterPaint();
    const listener = ({ detail }: { detail: unknown }) => seen.push(detail);
    const type = 'order-status:token-needed';
    element.addEventListener(type, listener);
    element.removeEventListener(type, listener);
    element.addEventListener(type, listener);
    await afterPaint();
    return seen;
  });
  expect(seen).toEqual([{ reason: 'missing' }]);
});

test('a token set in the task that inserts the element causes no token-needed', async ({
  page,
  site,
  ordersUrl,
  openHostPage,
  hostEvents,
}) => {
  await openHostPage(`<script src="${ordersUrl}/embed.js"></script><main></main>`);
  await page.evaluate(
    (token) => {
      const element = document.createElement('order-status');
      document.querySelector('main')?.append(element);
      element.token = token;
    },
    await site.token('shopping'),
  );
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  expect(await hostEvents('token-needed')).toEqual([]);
});

test('a script loaded twice, classic and as a module, defines the element once', async ({
  page,
  site,
  ordersUrl,
  openHostPage,
  hostEvents,
}) => {
  const element = elementHtml(ordersUrl, await site.token('shopping'));
  const again = `<script type="module" src="${ordersUrl}/embed.js"></script>`;
  await openHostPage(`${element}${again}<script src="${ordersUrl}/embed.js"></script>`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(() => hostEvents('unread')).not.toEqual([]);
  expect(await hostEvents('ready')).toHaveLength(1);
});

test('the element keeps its children and attributes, so that hydration finds them unchanged', async ({
  page,
  ordersUrl,
  openHostPage,
}) => {
  const html = '<order-status theme="dark"><a href="/order">Your order</a></order-status>';
  await openHostPage(`${html}<script src="${ordersUrl}/embed.js"></script>`);
  const after = await page.locator('order-status').evaluate((element) => element.outerHTML);
  expect(after).toBe(html);
});
