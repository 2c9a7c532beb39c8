import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test, withElement } from '@/tests/e2e/support/embed-test';

const GREETING = 'You’re the best.';

test('without a token the element asks for one, also by a property set before its script', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  const token = await site.token('shopping');
  const script = `<script type="module" src="${ordersUrl}/embed.js"></script>`;
  host.put('/empty', { html: `<order-status></order-status>${script}` });
  await page.goto(`${host.origin('shop.localhost')}/empty`);
  await expect.poll(() => heard(page)).toEqual([['token-needed', { reason: 'missing' }]]);
  await page.locator('order-status').evaluate((element, given) => {
    Object.assign(element, { token: given });
  }, token);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  host.put('/early', {
    html: `<order-status></order-status>
      <script>document.querySelector('order-status').token = '${token}'</script>${script}`,
  });
  await page.goto(`${host.origin('shop.localhost')}/early`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  expect((await heard(page)).map(([name]) => name)).not.toContain('token-needed');
});

test.describe('a link that has ended', () => {
  test.use({ allowedNoise: /status of (401|404|410|503)/ });

  test('is renewed in the same frame: no reload, nothing for the back button', async ({
    page,
    host,
    site,
    ordersUrl,
    heard,
  }) => {
    const ended = await site.token('shopping', { exp: 1_700_000_000 });
    host.put('/renewed', { html: withElement(ordersUrl, ended) });
    await page.goto(`${host.origin('shop.localhost')}/renewed`);
    await expect(frameOf(page).getByText(copy.problems.link_expired.title)).toBeVisible();
    await expect.poll(() => heard(page)).toContainEqual(['token-needed', { reason: 'expired' }]);
    expect(await heard(page)).toContainEqual(['expired', { what: 'link' }]);
    const loads: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) loads.push(request.url());
    });
    const entries = await page.evaluate(() => history.length);
    await page.locator('order-status').evaluate(
      (element, token) => {
        Object.assign(element, { token });
      },
      await site.token('shopping'),
    );
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    await expect.poll(async () => (await heard(page)).map(([name]) => name)).toContain('ready');
    expect([loads, await page.evaluate(() => history.length)]).toEqual([[], entries]);
    await page.locator('order-status').evaluate((element, token) => {
      Object.assign(element, { token });
    }, ended);
    await expect
      .poll(async () => (await heard(page)).filter(([name]) => name === 'token-needed').length)
      .toBe(2);
  });

  test('a renewed one is no silent frame: ten seconds later there is no error and no way out', async ({
    page,
    host,
    site,
    ordersUrl,
    heard,
  }) => {
    await page.clock.install();
    const ended = await site.token('shopping', { exp: 1_700_000_000 });
    host.put('/renewed', { html: withElement(ordersUrl, ended) });
    await page.goto(`${host.origin('shop.localhost')}/renewed`);
    await expect(frameOf(page).getByText(copy.problems.link_expired.title)).toBeVisible();
    for (const token of [await site.token('shopping'), await site.token('documented')]) {
      // Chromium fires `load` for a new fragment of a frame of another site.
      await page.locator('order-status').evaluate((element, renewed) => {
        const frame = element.shadowRoot?.querySelector('iframe');
        const loaded = new Promise((resolve) => frame?.addEventListener('load', resolve));
        Object.assign(element, { token: renewed });
        return loaded;
      }, token);
      await page.clock.runFor(11_000);
    }
    await expect(page.getByRole('link', { name: 'Open in a new tab' })).toBeHidden();
    expect((await heard(page)).filter(([name]) => name === 'error')).toEqual([]);
  });

  test('a link that is none and an order that is none are told apart', async ({
    page,
    host,
    site,
    ordersUrl,
    heard,
  }) => {
    host.put('/invalid', { html: withElement(ordersUrl, 'garbage') });
    await page.goto(`${host.origin('shop.localhost')}/invalid`);
    await expect.poll(() => heard(page)).toContainEqual(['token-needed', { reason: 'invalid' }]);
    host.put('/unknown', { html: withElement(ordersUrl, await site.token('nowhere')) });
    await page.goto(`${host.origin('shop.localhost')}/unknown`);
    await expect.poll(() => heard(page)).toContainEqual(['error', { code: 'order_not_found' }]);
  });
});
