import type { FrameLocator, Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { pickupCopy } from '@/lib/order/copy/en-US/pickup';
import { expectLeftToRight } from '@/tests/e2e/support/drawn-order';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';
import { pollNow, putOrder } from '@/tests/e2e/support/orders';
import { createConnectCaller } from '@/tests/simulator/connect-caller';
import { minuteMs } from '@/tests/simulator/clock';
import type { OrderChanges } from '@/tests/simulator/order-changes';
import { connectErrors } from '@/tests/simulator/replies';
import { playStates } from '@/tests/simulator/state-machine';
import type { Site } from '@/tests/support/site';

test.use({ allowedNoise: /status of (409|503|504)/ });

const { arrival, instructions, vehicle } = pickupCopy;
const RESULT = `${arrival.result} ${arrival.nextSteps.curbside}`;
const INSTRUCTION = 'Park in one of the marked spaces';

/** Puts a curbside order that is ready at the store and whose chat is open. */
function putPickup(site: Site, changes: OrderChanges = {}) {
  const states = ['brand_new', 'acknowledged', 'picking', 'checkout', 'ready_for_pickup'];
  const order = putOrder(site, [
    ...playStates(
      'pickup',
      minuteMs,
      states.map((state, at) => [at, state]),
    ),
    { kind: 'order', atMs: 0, changes: { pickupCategory: 'curbside', ...changes } },
  ]);
  const { orderId } = order;
  const { control, url } = site.simulator;
  return {
    ...order,
    /** The number of calls that reported the arrival to Connect. */
    arrivalCount: () => control.calls({ route: 'arrival', orderId }).length,
    /** The vehicle as Connect has stored it. */
    async readVehicle(): Promise<unknown> {
      const response = await createConnectCaller(url).callPickup(orderId, 'vehicle_info');
      return ((await response.json()) as { vehicle_info?: unknown }).vehicle_info;
    },
    setState: (state: string) => control.setOrder(orderId, { state }),
    missRunner: () => control.simulateEvent(orderId, 'runner_not_found'),
  };
}

function panel(body: Page | FrameLocator) {
  return body.getByRole('region', { name: instructions.section, exact: true });
}

function arriveButton(body: Page | FrameLocator) {
  return body.getByRole('button', { name: arrival.button });
}

test('two quick taps report the arrival once, and the next step takes the place of the button', async ({
  page,
  site,
}) => {
  const order = putPickup(site);
  const reports: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/order/arrival')) reports.push(request.method());
  });
  await page.setViewportSize({ width: 390, height: 664 });
  await page.goto(await site.link(order.orderId));
  const headline = page.getByRole('heading', { level: 1 });
  await expect(headline).toHaveText(copy.status.headlines.ready);
  await expect(page.getByRole('button', { name: copy.sections.pickup })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(panel(page).getByText(INSTRUCTION)).toBeInViewport();
  await expect(arriveButton(page)).toBeInViewport({ ratio: 1 });
  await arriveButton(page).dblclick();
  await expect(headline).toHaveText(copy.status.headlines.handing_over);
  await expect(arriveButton(page)).toHaveCount(0);
  await expect(page.locator(':focus')).toHaveText(RESULT);
  await expect(panel(page).getByText(INSTRUCTION)).toBeInViewport();
  expect(reports).toEqual(['POST']);
  expect(order.arrivalCount()).toBe(1);
});

test('a vehicle that is entered with the keyboard alone is stored, and shown after a reload', async ({
  page,
  site,
}) => {
  const order = putPickup(site);
  await page.setViewportSize({ width: 390, height: 664 });
  await page.goto(await site.link(order.orderId));
  await panel(page).getByRole('button', { name: vehicle.add }).focus();
  await page.keyboard.press('Enter');
  const form = panel(page).getByRole('form', { name: vehicle.title });
  await expect(form.getByLabel(vehicle.model)).toBeFocused();
  for (const [label, names] of [
    [vehicle.kind, vehicle.kinds],
    [vehicle.color, vehicle.colors],
  ] as const)
    await expect(form.getByLabel(label).getByRole('option')).toHaveText([
      vehicle.choose,
      ...Object.values(names),
    ]);
  await page.keyboard.type('Fiat Panda');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Hatch');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Red');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ABC 123');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('button', { name: vehicle.changeLabel })).toBeFocused();
  for (const isReloaded of [false, true]) {
    if (isReloaded) await page.reload();
    await expect(panel(page)).toContainText('Red hatchbackFiat Panda · ABC 123');
  }
  expect(await order.readVehicle()).toEqual({
    ...{ id: 1, model: 'Fiat Panda', vehicle_type: 'hatchback', color: 'red' },
    license_plate: 'ABC 123',
  });
});

test(
  'markup and direction marks in a vehicle stay text, and do not turn the text around them',
  { tag: '@slow' },
  async ({ page, site }) => {
    const hostile = '\u202e<img src onerror=hit=1>\u202c רכב';
    const cleaned = '<img src onerror=hit=1> רכב';
    const order = putPickup(site, { vehicle: { id: 1, model: hostile, license_plate: '12-345' } });
    await page.goto(await site.link(order.orderId));
    const line = panel(page).locator('p:has(> bdi)');
    await expect(line.locator('bdi')).toHaveText([cleaned, '12-345']);
    await panel(page).getByRole('button', { name: vehicle.changeLabel }).click();
    const form = panel(page).getByRole('form', { name: vehicle.title });
    await form.getByLabel(vehicle.model).fill(hostile);
    await form.getByLabel(vehicle.color).selectOption(vehicle.colors.blue);
    await form.getByRole('button', { name: vehicle.save }).click();
    await expect(line.locator('bdi')).toHaveText(['Blue car', cleaned, '12-345']);
    await expectLeftToRight(line.locator('span.block'), 3);
    expect(await order.readVehicle()).toMatchObject({ model: cleaned, color: 'blue' });
    expect(await page.evaluate(() => Object.hasOwn(globalThis, 'hit'))).toBe(false);
    await expect(page.locator('img[onerror]')).toHaveCount(0);
  },
);

test(
  'an arrival that is not accepted is explained, and reported again only if it cannot have arrived',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putPickup(site);
    const refuse = (status: number, body?: unknown) =>
      order.fault({ route: 'arrival', kind: 'status', status, body, times: 1 });
    await page.goto(await site.link(order.orderId));
    const failure = arriveButton(page).locator('xpath=following-sibling::div');
    const contact = failure.getByRole('link', { name: copy.support });

    refuse(400, JSON.parse(connectErrors.notStaged.body));
    await arriveButton(page).click();
    await expect(failure).toHaveText(arrival.failures.not_ready);
    await expect(arriveButton(page)).toBeFocused();

    refuse(403);
    await arriveButton(page).click();
    await expect(failure).toContainText(arrival.failures.unavailable);
    await expect(contact).toHaveAttribute('href', 'https://www.example.com/help');

    refuse(503);
    await arriveButton(page).click();
    await expect(failure).toContainText(arrival.failures.unconfirmed);
    await expect(contact).toBeVisible();
    expect(order.arrivalCount()).toBe(3);

    order.setState('user_at_store');
    await arriveButton(page).click();
    await expect(page.locator(':focus')).toHaveText(RESULT);
    expect(order.arrivalCount()).toBe(3);
  },
);

test(
  'an arrival in a frame of a host with a strict policy is reported, and the host receives the stages',
  { tag: '@slow' },
  async ({ page, site, ordersUrl, openHostPage, hostEvents }) => {
    const order = putPickup(site);
    await openHostPage(elementHtml(ordersUrl, await site.token(order.orderId)), {
      headers: {
        'content-security-policy': `default-src 'none'; img-src data:; script-src ${ordersUrl}; frame-src ${ordersUrl}; require-trusted-types-for 'script'`,
      },
    });
    await arriveButton(frameOf(page)).click();
    await expect(frameOf(page).locator(':focus')).toHaveText(RESULT);
    await expect
      .poll(() => hostEvents('stage'))
      .toEqual([
        ['stage', { stage: 'ready' }],
        ['stage', { stage: 'handing_over' }],
      ]);
    expect(order.arrivalCount()).toBe(1);
  },
);

test(
  'an update that sends the customer inside takes the place of the next step',
  { tag: '@slow' },
  async ({ page, site }) => {
    const order = putPickup(site);
    await page.goto(await site.link(order.orderId));
    await arriveButton(page).click();
    const result = page.getByRole('paragraph').filter({ hasText: arrival.result }).last();
    await expect(result).toHaveText(RESULT);
    order.missRunner();
    const inside = `${arrival.result} Please pick up your order inside the store.`;
    // The server keeps an order for a moment, so one poll may still get the earlier updates.
    await expect(async () => {
      await pollNow(page);
      await expect(result).toHaveText(inside, { timeout: 1_000 });
    }).toPass();
    await expect(page.getByText(arrival.nextSteps.curbside)).toHaveCount(0);
  },
);

test(
  'a read-only link shows the instructions without a button, a shared link shows no pickup',
  { tag: '@slow' },
  async ({ page, site }) => {
    const { orderId } = putPickup(site, { vehicle: { id: 1, model: 'Fiat Panda' } });
    await page.goto(await site.link(orderId, { scp: 'read' }));
    await expect(panel(page)).toContainText(INSTRUCTION);
    await expect(panel(page)).toContainText('Fiat Panda');
    await expect(arriveButton(page)).toHaveCount(0);
    await expect(panel(page).getByRole('button', { name: vehicle.changeLabel })).toHaveCount(0);
    await page.goto('about:blank');
    await page.goto(await site.link(orderId, { scp: 'share' }));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(copy.status.headlines.ready);
    await expect(panel(page)).toHaveCount(0);
    await expect(arriveButton(page)).toHaveCount(0);
    await expect(page.getByText(/Fiat|Park in one/)).toHaveCount(0);
  },
);
