import { pollNow, putOrder } from '@/tests/e2e/support/orders';
import { expect, surfaces, test } from '@/tests/e2e/support/composer-test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { shellCopy } from '@/lib/order/copy/en-US/shell';

// A rendering error, caused by a date format that throws.

test.use({
  allowedNoise: /Broken on purpose|An error occurred|Minified React error|NotFoundError/,
});

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const { prototype } = Intl.DateTimeFormat;
    const format = Object.getOwnPropertyDescriptor(prototype, 'format');
    Object.assign(self, { isBroken: false });
    Object.defineProperty(prototype, 'format', {
      get() {
        if (Reflect.get(self, 'isBroken')) throw new RangeError('Broken on purpose by Zelma');
        return format?.get?.call(this);
      },
    });
  });
});

for (const kind of surfaces)
  test(`the ${kind} recovers from a rendering error with read and written messages, and its name is counted`, async ({
    page,
    site,
    open,
  }) => {
    const order = putOrder(site);
    const surface = await open(kind, order.orderId);
    await expect(surface.body.getByText('Hi John, I’m Zelma.')).toBeVisible();
    await surface.field.fill('Half written');
    const reports: string[] = [];
    page.on('request', (request) => {
      const names = request.headers()['render-errors'];
      if (names) reports.push(names);
      expect(JSON.stringify(request.headers())).not.toContain('Broken');
    });
    await surface.body.evaluate(() => Object.assign(self, { isBroken: true }));
    order.add({ from: 'driver', body: 'This one breaks it' });
    await expect(async () => {
      await surface.pollNow();
      await expect(surface.body.locator('[aria-busy]')).toBeVisible({ timeout: 300 });
    }).toPass();
    await surface.body.evaluate(() => Object.assign(self, { isBroken: false }));
    await expect(surface.body.getByText('This one breaks it', { exact: true })).toBeVisible();
    await expect(surface.field).toHaveValue('Half written');
    expect(reports.join()).toMatch(/^RangeError(,RangeError)*$/);
  });

test('a permanent rendering error ends in a reload button and the store’s contact after three attempts', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.evaluate(() => Object.assign(self, { isBroken: true }));
  order.add({ from: 'driver', body: 'This one breaks it' });
  await expect(async () => {
    await pollNow(page);
    await expect(page.getByText(shellCopy.failed.title)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole('main').getByRole('link', { name: copy.support })).toBeVisible();
  expect(await page.locator('body').innerText()).not.toContain('purpose');
  await page.getByRole('button', { name: shellCopy.failed.reload }).click();
  await expect(page.getByText('This one breaks it').first()).toBeVisible();
});

test('a page recovers from nodes that an extension removed at the next change', async ({
  page,
  site,
}) => {
  const order = putOrder(site);
  await page.goto(await site.link(order.orderId));
  await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('ol > li, h2, .status *')) element.remove();
  });
  order.add({ handOverTo: 'amida' });
  order.add({ from: 'driver', body: 'Amida here' });
  await expect(async () => {
    await pollNow(page);
    await expect(page.getByText('Amida here', { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole('textbox')).toBeEditable();
});
