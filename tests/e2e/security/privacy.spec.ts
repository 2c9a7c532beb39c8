import type { Request } from '@playwright/test';
import { putOrder } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

test('leaves no cookie and nothing in any storage', async ({ page, context, site }) => {
  const setCookies: (string | undefined)[] = [];
  page.on('response', (response) => setCookies.push(response.headers()['set-cookie']));
  await page.goto(await site.link(putOrder(site).orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  expect(setCookies.filter(Boolean)).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  const kept = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    windowName: self.name,
    historyState: JSON.stringify(history.state ?? {}),
  }));
  expect(kept).toMatchObject({ local: [], session: [], databases: [], caches: [], workers: 0 });
  expect(kept.windowName).toBe('');
  expect(kept.historyState).not.toContain('eyJ');
});

test('the token stands in no address that is asked for and in no Referer', async ({
  page,
  site,
}) => {
  const token = await site.token('shopping');
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await page.goto(`${site.url}/order#${token}`);
  await expect(page.getByText('You’re the best.')).toBeVisible();
  const bearers = new Set<string>();
  const seen: string[] = [];
  for (const request of requests) {
    const { authorization, ...others } = await request.allHeaders();
    if (authorization) bearers.add(request.url());
    seen.push(request.url().replace(/#.*/, ''), JSON.stringify(others));
  }
  expect([...bearers]).toEqual([`${site.url}/api/order/messages`]);
  expect(seen.join('\n')).not.toContain(token.slice(-40));
  expect(seen.join('\n')).not.toContain('"referer"');
});

test('the page is the same for everyone, and costs Connect nothing', async ({ site }) => {
  const read = async (path: string) => {
    const response = await fetch(`${site.url}${path}`);
    const policy = response.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    return { nonce, html: (await response.text()).replaceAll(nonce, 'NONCE') };
  };
  const callsBefore = site.simulator.control.calls().length;
  const [one, other] = [await read('/order'), await read('/order')];
  expect(one.nonce).not.toBe(other.nonce);
  expect(one.html).toBe(other.html);
  for (const secret of ['Zelma', 'John', 'eyJhbGci', 'demo-', 'Bearer ey', site.simulator.url])
    expect(one.html).not.toContain(secret);
  expect(site.simulator.control.calls()).toHaveLength(callsBefore);
});

test('the token leaves nothing in what the server prints', async ({ page, site }) => {
  const order = putOrder(site);
  const token = await site.token(order.orderId);
  await page.goto(`${site.url}/order#${token}`);
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await expect
    .poll(() => site.output.filter((line) => line.includes('"request"')).length)
    .toBeGreaterThan(0);
  const printed = site.output.join('\n');
  for (const secret of [token.slice(-40), order.orderId, 'Hi John', 'demo-customer', 'demo-secret'])
    expect(printed).not.toContain(secret);
});
