import { deliveredSteps, putOrder } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

const VISITS = 50;

test.describe('of fifty visits', () => {
  test.use({ allowedNoise: /status of 410/ });

  test('no token stands in an address, a Referer, a header but one or what is printed', async ({
    page,
    context,
    site,
  }) => {
    test.setTimeout(180_000);
    const asked: Promise<string>[] = [];
    const ask = `${site.url}/api/order/messages`;
    context.on('request', (request) =>
      asked.push(
        request.allHeaders().then(({ authorization, ...others }) => {
          const { href } = new URL(request.url().replace(/#.*/, ''));
          return JSON.stringify({ href, ...others, ...(href !== ask && { authorization }) });
        }),
      ),
    );
    const orders = [putOrder(site), putOrder(site), putOrder(site, deliveredSteps)];
    const claims = [{}, { scp: 'read' }, { exp: 1_700_000_000 }, {}];
    const ways = ['order', 'embed', 's'];
    const tokens: string[] = [];
    for (let visit = 0; visit < VISITS; visit++) {
      const orderId = orders[visit % orders.length]?.orderId ?? '';
      const token = await site.token(orderId, claims[visit % claims.length]);
      tokens.push(token);
      const answered = page.waitForResponse(ask);
      // Mostly to the page that is open already, which gets a new fragment and nothing else.
      await page.goto(`${site.url}/${ways[Math.floor(visit / 4) % ways.length]}#${token}`);
      await (await answered).finished();
      // Until the page is in charge, another link would load it anew.
      await page.waitForFunction(() => globalThis.earlyOrderRequest === undefined);
      if (visit % 5 > 0) continue;
      const again = page.waitForResponse(ask);
      await page.reload();
      await (await again).finished();
    }
    const seen = await Promise.all(asked);
    expect(seen.filter((text) => text.includes(ask)).length).toBeGreaterThanOrEqual(VISITS + 10);
    const everything = [...seen, ...site.output].join('\n');
    for (const token of tokens)
      // The first part says how it is sealed, and is the same in all.
      for (const part of token.split('.').slice(2)) expect(everything).not.toContain(part);
    // What comes out of the browser's memory is told with an empty one.
    expect(everything).not.toMatch(/"referer":"[^"]/);
    expect(site.output.filter((line) => line.includes('"request"')).length).toBeGreaterThan(VISITS);
  });
});
