import type { Page } from '@playwright/test';
import { expect, frameOf, test, withElement } from '@/tests/e2e/support/embed-test';

// Listeners that are added after an event has fired, as frameworks do.

const GREETING = 'You’re the best.';

test.use({ allowedNoise: /status of (401|410)/ });

declare global {
  var received: unknown[];
}

function received(page: Page): Promise<unknown[]> {
  return page.evaluate(() => globalThis.received);
}

/** Adds a listener to the element now, and writes down what comes to it. */
function listen(page: Page, name: string): Promise<void> {
  return page.locator('order-status').evaluate((element, type) => {
    globalThis.received ??= [];
    element.addEventListener(`order-status:${type}`, (event) =>
      globalThis.received.push(event instanceof CustomEvent && event.detail),
    );
  }, name);
}

test('a listener that is added late gets the token-needed that it missed, once', async ({
  page,
  host,
  ordersUrl,
  heard,
}) => {
  host.put('/late', { html: withElement(ordersUrl, '') });
  await page.goto(`${host.origin('shop.localhost')}/late`);
  await expect.poll(() => heard(page)).toEqual([['token-needed', { reason: 'missing' }]]);
  await listen(page, 'token-needed');
  await listen(page, 'token-needed');
  expect(await received(page)).toEqual([{ reason: 'missing' }]);
  // Listeners around the element got it when it fired.
  expect(await heard(page)).toHaveLength(1);
});

test('an expired link is reported to a late listener, until there is a new token', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  const ended = await site.token('shopping', { exp: 1_700_000_000 });
  host.put('/ended', { html: withElement(ordersUrl, ended) });
  await page.goto(`${host.origin('shop.localhost')}/ended`);
  await expect.poll(() => heard(page)).toContainEqual(['token-needed', { reason: 'expired' }]);
  await listen(page, 'expired');
  expect(await received(page)).toEqual([{ what: 'link' }]);
  await page.locator('order-status').evaluate(
    (element, token) => {
      Object.assign(element, { token });
    },
    await site.token('shopping'),
  );
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(async () => (await heard(page)).map(([name]) => name)).toContain('ready');
  await listen(page, 'token-needed');
  await listen(page, 'ready');
  expect(await received(page)).toEqual([{ what: 'link' }, { v: 1 }]);
});

test('a listener added, removed and added again in one task, as React does it, gets the event once', async ({
  page,
  host,
  ordersUrl,
}) => {
  host.put('/strict', { html: `<script src="${ordersUrl}/embed.js"></script><main></main>` });
  await page.goto(`${host.origin('shop.localhost')}/strict`);
  const seen = await page.evaluate(async () => {
    const seen: unknown[] = [];
    const element = document.createElement('order-status');
    document.querySelector('main')?.append(element);
    // Effects come after the browser has painted.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const listener = ({ detail }: { detail: unknown }) => seen.push(detail);
    const type = 'order-status:token-needed';
    element.addEventListener(type, listener);
    element.removeEventListener(type, listener);
    element.addEventListener(type, listener);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return seen;
  });
  expect(seen).toEqual([{ reason: 'missing' }]);
});

test('a token that is set in the same task as the element is put into the page is not asked for', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  host.put('/later', { html: `<script src="${ordersUrl}/embed.js"></script><main></main>` });
  await page.goto(`${host.origin('shop.localhost')}/later`);
  await page.evaluate(
    (token) => {
      const element = document.createElement('order-status');
      document.querySelector('main')?.append(element);
      element.token = token;
    },
    await site.token('shopping'),
  );
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  expect((await heard(page)).map(([name]) => name)).not.toContain('token-needed');
});

test('the script loaded twice, classic and as a module, defines the element once', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  const element = withElement(ordersUrl, await site.token('shopping'));
  const again = `<script type="module" src="${ordersUrl}/embed.js"></script>`;
  host.put('/twice', { html: `${element}${again}<script src="${ordersUrl}/embed.js"></script>` });
  await page.goto(`${host.origin('shop.localhost')}/twice`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(async () => (await heard(page)).map(([name]) => name)).toContain('unread');
  expect((await heard(page)).filter(([name]) => name === 'ready')).toHaveLength(1);
});

test('the element changes none of its children and attributes, so that hydration finds them', async ({
  page,
  host,
  ordersUrl,
}) => {
  const html = '<order-status theme="dark"><a href="/order">Your order</a></order-status>';
  host.put('/hydrated', { html: `${html}<script src="${ordersUrl}/embed.js"></script>` });
  await page.goto(`${host.origin('shop.localhost')}/hydrated`);
  const after = await page.locator('order-status').evaluate((element) => element.outerHTML);
  expect(after).toBe(html);
});
