import type { BrowserContext, Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { dayMs } from '@/tests/simulator/clock';
import { inMinutes } from '@/tests/simulator/order-script';
import type { Site } from '@/tests/support/site';
import { openSection, pollNow, putOrder } from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openers, refusals } from '@/tests/e2e/support/states';
import { readTexts, translate } from '@/tests/e2e/support/translator';

test.use({ siteEnv: { LIMITS: 'off' } });

/** Opens the same order in two tabs and translates one. Both must show the same texts. */
async function openPagePair(context: BrowserContext, site: Site, orderId: string) {
  const [plain, translated] = [await context.newPage(), await context.newPage()];
  for (const page of [plain, translated]) {
    await page.goto(await site.link(orderId));
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Order status');
  }
  return { plain, translated };
}

type PagePair = Awaited<ReturnType<typeof openPagePair>>;

async function expectSame({ plain, translated }: PagePair, text: string | RegExp): Promise<void> {
  await expect(async () => {
    for (const page of [plain, translated]) await pollNow(page);
    await expect(plain.getByText(text).first()).toBeAttached({ timeout: 500 });
    expect(await readTexts(translated)).toEqual(await readTexts(plain));
  }).toPass({ timeout: 30_000 });
}

for (const mode of ['once', 'continuous'] as const)
  test(`a page translated ${mode === 'once' ? 'before each change' : 'continuously'} shows every change of an order`, async ({
    context,
    site,
  }) => {
    const order = putOrder(site, [inMinutes.notice(0, 'We have your order.', ['sms', 'email'])]);
    const pagePair = await openPagePair(context, site, order.orderId);
    const { translated } = pagePair;
    if (mode === 'continuous') await translate(translated, mode);

    async function step(text: string | RegExp, change: () => unknown): Promise<void> {
      if (mode === 'once') await translate(translated, mode);
      await change();
      await expectSame(pagePair, text);
    }

    const add = (addition: Parameters<typeof order.add>[0]) => () => order.add(addition);
    await step('your shopper', add({ handOverTo: 'zelma' }));
    await step('First question', add({ from: 'user', body: 'First question' }));
    await step(/Seen/, () => order.markRead());
    await step('Answer', add({ from: 'driver', body: 'Answer' }));
    await step('Second question', add({ from: 'user', body: 'Second question' }));
    // The read mark moves from the first question to the second.
    await step(/Seen/, () => order.markRead());
    await step(
      'Your shopper is picking your order.',
      add({ notice: { body: 'Your shopper is picking your order.', media: ['sms', 'push'] } }),
    );
    await step('Amida now has your order', add({ handOverTo: 'amida' }));
    await step('Hi, Amida here: https://www.example.com/a or 212-555-0100?', () =>
      order.add({
        from: 'driver',
        body: 'Hi, Amida here: https://www.example.com/a or 212-555-0100?',
      }),
    );
    await step('On my way down', async () => {
      await translated.getByRole('textbox').fill('On my way down');
      await translated.getByRole('textbox').press('Enter');
    });
    await step(
      'Your order was delivered.',
      add({ notice: { body: 'Your order was delivered.', media: ['sms'] } }),
    );
    await step(copy.chat.expired, () => {
      order.add({ ended: 'delivered' });
      order.advance(dayMs + 1_000);
    });
    await expect(translated.getByRole('region', { name: 'Updates' })).toBeVisible();
  });

/** All text of the page, including text for screen readers. */
async function bodyText(page: Page): Promise<string> {
  return ((await page.getByRole('main').textContent()) ?? '').replace(/[⟦⟧]/g, '');
}

test.describe('a translated page in use', () => {
  // Chromium reports each request that the test makes fail.
  test.use({ allowedNoise: /Failed to load resource/ });

  test('sending shows and announces each state of the message', async ({ page, site }) => {
    const order = putOrder(site);
    await page.goto(await site.link(order.orderId));
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
    await translate(page, 'continuous');
    let answer: () => void = () => undefined;
    let isDown = true;
    await page.route('**/api/order/messages', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await new Promise<void>((resolve) => (answer = resolve));
      return isDown
        ? route.fulfill({ status: 503, json: { error: { code: 'upstream_unavailable' } } })
        : route.continue();
    });
    await page.getByRole('textbox').fill('Rye is fine');
    await page.getByRole('textbox').press('Enter');
    await expect.poll(() => bodyText(page)).toContain(copy.delivery.sending);
    answer();
    await expect.poll(() => bodyText(page)).toContain(copy.delivery.failed);
    expect(await bodyText(page)).toContain(copy.announce.failed);
    expect(await bodyText(page)).not.toContain(copy.delivery.sending);
    isDown = false;
    await page.getByRole('button', { name: copy.delivery.tryAgain }).click();
    await expect.poll(() => bodyText(page)).toContain(copy.delivery.sending);
    answer();
    await expect.poll(() => bodyText(page)).toContain(copy.announce.sent);
    await expect.poll(() => order.texts().at(-1)).toBe('Rye is fine');
    expect(await bodyText(page)).not.toContain(copy.delivery.failed);
  });

  test('the counter, folding, the sections and the offline notice are updated', async ({
    page,
    site,
  }) => {
    const order = putOrder(site);
    order.add({ from: 'driver', body: `${'word '.repeat(600)}the end` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(await site.link(order.orderId));
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeAttached();
    await translate(page, 'continuous');
    for (const [length, left] of [
      [950, '50 characters left'],
      [951, '49 characters left'],
      [1_002, '2 characters too long'],
    ] as const) {
      await page.getByRole('textbox').fill('x'.repeat(length));
      await expect.poll(() => bodyText(page)).toContain(left);
    }
    expect(await bodyText(page)).not.toContain('characters left');
    await page.getByRole('textbox').fill('');
    expect(await bodyText(page)).not.toContain('too long');
    await page.getByText(copy.chat.showMore).click();
    await expect.poll(() => bodyText(page)).toContain('the end');
    await page.getByRole('textbox').fill('Half a sent');
    await openSection(page, 'updates');
    await expect(page.getByRole('region', { name: copy.updates.label })).toBeVisible();
    await openSection(page, 'chat');
    await expect(page.getByRole('textbox')).toHaveValue('Half a sent');
    await page.context().setOffline(true);
    await pollNow(page);
    await expect.poll(() => bodyText(page)).toContain(copy.composer.offline);
    await page.context().setOffline(false);
    await expect.poll(() => bodyText(page)).not.toContain(copy.composer.offline);
  });

  test('an outage at first load updates the countdown and then shows the order', async ({
    page,
    site,
  }) => {
    await openers.down(page, site);
    await translate(page, 'continuous');
    const countdown = async () => /Trying again.*?(\d+) sec/.exec(await bodyText(page))?.[1];
    await expect.poll(countdown).toMatch(/\d/);
    const first = await countdown();
    await expect.poll(countdown).not.toBe(first);
    // The countdown may end first, so the key is pressed on the button that is there now.
    await page.getByRole('button').focus();
    await page.unroute('**/api/order/messages');
    await page.keyboard.press('Enter');
    await expect.poll(() => bodyText(page)).toContain('You’re the best.');
  });
});

test.describe('a page in every state', () => {
  test.use({ allowedNoise: refusals, viewport: { width: 390, height: 664 } });

  test('every text is the only child of its element', async ({ page, site }) => {
    test.setTimeout(240_000);
    for (const [state, open] of Object.entries(openers)) {
      await open(page, site);
      const besides = await page.evaluate(() =>
        [...document.body.querySelectorAll('*:not(script,style,noscript)')]
          .filter(({ childNodes }) => {
            const shown = [...childNodes].filter((node) => node.nodeType !== Node.COMMENT_NODE);
            return shown.length > 1 && shown.some((node) => node.nodeType === Node.TEXT_NODE);
          })
          .map((element) => element.outerHTML.slice(0, 200)),
      );
      expect([state, besides]).toEqual([state, []]);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.context().setOffline(false);
    }
  });
});
