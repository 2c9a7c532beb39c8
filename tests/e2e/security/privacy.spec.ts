import type { Request } from '@playwright/test';
import { deliveredSteps, putOrder } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

const VISITS = 50;

test('an order leaves no cookie and no stored data', async ({ page, context, site }) => {
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

test('the token is in no requested address and in no Referer', async ({ page, site }) => {
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

test.describe('fifty visits', () => {
  test.use({ allowedNoise: /status of 410/ });

  test(
    'no token is in an address, a Referer, a header except Authorization, or the server’s output',
    { tag: '@slow' },
    async ({ page, context, site }) => {
      test.setTimeout(180_000);
      const requested: Promise<string>[] = [];
      const apiUrl = `${site.url}/api/order/messages`;
      context.on('request', (request) =>
        requested.push(
          request.allHeaders().then(({ authorization, ...others }) => {
            const { href } = new URL(request.url().replace(/#.*/, ''));
            return JSON.stringify({ href, ...others, ...(href !== apiUrl && { authorization }) });
          }),
        ),
      );
      const orders = [putOrder(site), putOrder(site), putOrder(site, deliveredSteps)];
      const claims = [{}, { scp: 'read' }, { exp: 1_700_000_000 }, {}];
      const pages = ['order', 'embed', 's'];
      const tokens: string[] = [];
      for (let visit = 0; visit < VISITS; visit++) {
        const orderId = orders[visit % orders.length]?.orderId ?? '';
        const token = await site.token(orderId, claims[visit % claims.length]);
        tokens.push(token);
        const answered = page.waitForResponse(apiUrl);
        // Most visits change only the fragment of the open page.
        await page.goto(`${site.url}/${pages[Math.floor(visit / 4) % pages.length]}#${token}`);
        await (await answered).finished();
        // Before the page has started, another link would load it again.
        await page.waitForFunction(() => globalThis.earlyOrderRequest === undefined);
        if (visit % 5 > 0) continue;
        const again = page.waitForResponse(apiUrl);
        await page.reload();
        await (await again).finished();
      }
      const seen = await Promise.all(requested);
      expect(seen.filter((text) => text.includes(apiUrl)).length).toBeGreaterThanOrEqual(
        VISITS + 10,
      );
      const everything = [...seen, ...site.output].join('\n');
      for (const token of tokens)
        // The first part describes the encryption and is the same in all tokens.
        for (const part of token.split('.').slice(2)) expect(everything).not.toContain(part);
      // Playwright reports responses from the browser's cache with an empty address.
      expect(everything).not.toMatch(/"referer":"[^"]/);
      expect(site.output.filter((line) => line.includes('"request"')).length).toBeGreaterThan(
        VISITS,
      );
    },
  );
});

test('the page is the same for every link and causes no call to Connect', async ({ site }) => {
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

test('the token is not in the server’s output', async ({ page, site }) => {
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
