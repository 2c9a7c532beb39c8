import { inMinutes } from '@/tests/simulator/order-script';
import { checkoutNotice, holdBack, MEASURE_SHIFTS } from '@/tests/e2e/support/loading';
import { putOrder, shoppingSteps, watchPolls } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

function readType(element: Element) {
  const { x, y, height } = element.getBoundingClientRect();
  const { lineHeight, fontSize } = getComputedStyle(element);
  const { content } = getComputedStyle(element, '::before');
  return { x, y, height, lineHeight: Number.parseFloat(lineHeight), fontSize, content };
}

const LONG_HEADLINE =
  'Your shopper could not find three of the things on your list and has put in others that come close; please look.';

for (const width of [390, 1280])
  for (const text of ['Your shopper is now at the checkout.', LONG_HEADLINE])
    test(`a headline of ${text.length} characters is there before any script, and nothing moves for it (${width} px)`, async ({
      page,
      site,
    }) => {
      await page.addInitScript(MEASURE_SHIFTS);
      await page.setViewportSize({ width, height: 844 });
      const bringScripts = await holdBack(page, '**/_next/static/**/*.js');
      const polls = watchPolls(page);
      const order = putOrder(site, [...shoppingSteps, inMinutes.notice(6, text, ['sms'])]);
      await page.goto(await site.link(order.orderId), { waitUntil: 'commit' });
      const early = page.locator('#early-headline');
      await expect(early).toHaveAttribute('data-text', text);
      const before = await early.evaluate(readType);
      expect(before.content).not.toBe('none');
      // Whole lines only, and no half of the next one.
      expect(before.height % before.lineHeight).toBe(0);
      bringScripts();
      const final = page.getByRole('heading', { name: text });
      await expect(final).toBeVisible();
      await expect(early).toHaveCount(0);
      const { lineHeight, fontSize, x, y } = await final.evaluate(readType);
      expect(before).toMatchObject({ lineHeight, fontSize, x, y });
      expect(await page.evaluate('self.shifts')).toEqual([]);
      expect(polls).toEqual(['GET']);
    });

test('a link that is opened before the page has started is the one that is shown', async ({
  page,
  site,
}) => {
  const [before, after] = [putOrder(site, [...shoppingSteps, checkoutNotice]), putOrder(site)];
  const [, token] = (await site.link(after.orderId)).split('#');
  const bringScripts = await holdBack(page, '**/_next/static/**/*.js');
  await page.goto(await site.link(before.orderId), { waitUntil: 'commit' });
  const early = page.locator('#early-headline');
  await expect(early).toHaveAttribute('data-text', 'Your shopper is now at the checkout.');
  await page.evaluate((hash) => void (location.hash = hash), token ?? '');
  await expect(early).toHaveAttribute('data-text', 'Your shopper is picking your order.');
  bringScripts();
  await expect(page.getByRole('heading', { name: 'picking your order' })).toBeVisible();
});

test('a link that is opened meanwhile does not get the headline of the one before', async ({
  page,
  site,
}) => {
  const [before, after] = [putOrder(site, [...shoppingSteps, checkoutNotice]), putOrder(site)];
  const answer = await holdBack(page, '**/api/order/messages');
  await page.goto(await site.link(before.orderId));
  // The page is in charge, and the answer still on its way.
  await page.waitForFunction(() => globalThis.earlyOrderRequest === undefined);
  const [, token] = (await site.link(after.orderId)).split('#');
  const askedAgain = page.waitForRequest('**/api/order/messages');
  await page.evaluate((hash) => (location.hash = hash), token ?? '');
  await askedAgain;
  const said = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const texts: string[] = [];
        new MutationObserver(() => {
          texts.push(document.querySelector('.now')?.outerHTML ?? '');
          if (document.querySelector('.now h1')) resolve(texts);
        }).observe(document, { childList: true, subtree: true, attributes: true });
      }),
  );
  answer();
  for (const text of await said) expect(text).not.toContain('at the checkout');
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
});

// It costs a slow phone 0.2 s, which it has while the scripts are on their way.
test('the first clock is made when the headline is there and no script has come', async ({
  page,
  site,
}) => {
  await page.addInitScript(`
    self.clocks = [];
    Intl.DateTimeFormat = class extends Intl.DateTimeFormat {
      constructor(...given) {
        super(...given);
        self.clocks.push(document.getElementById('early-headline')?.dataset.text);
      }
    };
  `);
  const bringScripts = await holdBack(page, '**/_next/static/**/*.js');
  await page.goto(await site.link(putOrder(site).orderId), { waitUntil: 'commit' });
  await expect
    .poll(() => page.evaluate('self.clocks'))
    .toEqual(['Your shopper is picking your order.']);
  bringScripts();
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
});

for (const end of ['.)', '”', '%22%3E', '。'])
  test(`a link that swallowed the end of its sentence works all the same: ${end}`, async ({
    page,
    site,
  }) => {
    const polls = watchPolls(page);
    await page.goto((await site.link(putOrder(site).orderId)) + end);
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
    expect(polls).toEqual(['GET']);
  });
