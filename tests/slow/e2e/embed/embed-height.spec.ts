import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';

// Heights that a host sets by attribute or CSS, and invalid attribute values.

const GREETING = 'You’re the best.';

test.use({ allowedNoise: /^<order-status> ignores / });

async function heights(page: Page): Promise<[element: number, frame: number]> {
  return page.locator('order-status').evaluate((element) => {
    const frame = element.shadowRoot?.querySelector('iframe');
    const tops = [element, frame].map((each) => each?.getBoundingClientRect().height ?? 0);
    return [Math.round(tops[0] ?? 0), Math.round(tops[1] ?? 0)];
  });
}

/** The height mode that the frame received, and whether the page in the frame has to be scrolled. */
function modeOf(page: Page): Promise<unknown> {
  return frameOf(page)
    .locator('html')
    .evaluate((html) => [html.dataset['height'], html.scrollHeight > html.clientHeight]);
}

test('a height attribute gives the element and its frame that height, also when it changes', async ({
  page,
  openOrder,
}) => {
  await page.setViewportSize({ width: 800, height: 900 });
  await openOrder('shopping', 'height="640"');
  await expect(frameOf(page).getByText(GREETING)).toBeAttached();
  expect(await heights(page)).toEqual([640, 640]);
  expect(await modeOf(page)).toEqual(['fixed', false]);
  for (const [attribute, px] of [
    ['630px', 630],
    ['640.5', 641],
    ['40rem', 640],
    ['80vh', 720],
    ['50dvh', 450],
    ['5vh', 120],
    ['9999', 4_000],
  ] as const) {
    await page
      .locator('order-status')
      .evaluate((element, value) => element.setAttribute('height', value), attribute);
    await expect.poll(() => heights(page), attribute).toEqual([px, px]);
    await expect(frameOf(page).locator('html')).toHaveAttribute('data-height', 'fixed');
  }
});

test('a height in viewport units applies to the first layout', async ({ page, openOrder }) => {
  await page.setViewportSize({ width: 800, height: 900 });
  await openOrder('shopping', 'height="80vh"');
  await expect(frameOf(page).getByText(GREETING)).toBeAttached();
  expect(await heights(page)).toEqual([720, 720]);
  expect((await modeOf(page)) as unknown[]).toContain('fixed');
});

const invalidValues = [
  ['height', ['100%', '0', '-5', 'tall', '80 vh', '1e3', 'NaN', 'calc(1px)', 'var(--x)', '50vw']],
  ['theme', ['pink', 'DARK', 'light dark']],
  ['locale', ['fr_CA', 'no locale at all', 'english', '-']],
] as const;

test('an invalid attribute value is reported in the console and replaced by the default', async ({
  page,
  openOrder,
}) => {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  await openOrder('shopping');
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(async () => (await heights(page))[0]).toBeGreaterThan(500);
  const natural = await heights(page);
  const html = frameOf(page).locator('html');
  const plain = await html.evaluate((root) => ({ ...root.dataset }));
  for (const [name, values] of invalidValues)
    for (const value of values) {
      warnings.length = 0;
      await page
        .locator('order-status')
        .evaluate((element, [attribute, given]) => element.setAttribute(attribute, given), [
          name,
          value,
        ] as const);
      await expect.poll(() => warnings).toEqual([`<order-status> ignores ${name}="${value}"`]);
      expect([value, await heights(page)]).toEqual([value, natural]);
      expect(await html.evaluate((root) => ({ ...root.dataset }))).toEqual(plain);
      await page
        .locator('order-status')
        .evaluate((element, attribute) => element.removeAttribute(attribute), name);
    }
  await openOrder('shopping', 'height="100%"');
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(() => heights(page)).toEqual(natural);
});

test('an empty attribute value means the default, without a warning', async ({
  page,
  openOrder,
}) => {
  const warnings: string[] = [];
  page.on('console', (message) => warnings.push(message.text()));
  const empty = 'height="" theme="" locale=""';
  await openOrder('shopping', empty);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  expect(warnings).toEqual([]);
});

for (const [name, style, wrapper] of [
  ['a height', 'height: 600px', ''],
  ['a height, as a block', 'display: block; height: 600px', ''],
  ['a maximum height', 'max-height: 600px', ''],
  ['a percentage of its container', 'height: 100%', 'height: 600px'],
  [
    'the rest of a flex column',
    'min-height: 0',
    'height: 600px; display: flex; flex-direction: column',
  ],
] as const)
  test(`an element with ${name} by CSS contains its frame, and the thread scrolls`, async ({
    page,
    site,
    ordersUrl,
    openHostPage,
  }) => {
    await page.setViewportSize({ width: 400, height: 900 });
    const element = `<order-status token="${await site.token('shopping')}" style="${style}"></order-status>`;
    await openHostPage(
      `<script src="${ordersUrl}/embed.js"></script><div style="${wrapper}">${element}</div>`,
    );
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    await expect.poll(() => modeOf(page)).toEqual(['fixed', false]);
    expect(await heights(page)).toEqual([600, 600]);
    await page.locator('order-status').evaluate((host) => {
      host.removeAttribute('style');
      host.parentElement?.removeAttribute('style');
    });
    await expect.poll(() => modeOf(page)).toEqual(['auto', false]);
    expect((await heights(page))[1]).toBeGreaterThan(600);
  });

test('a frame beside a taller column follows its content without a scroll bar', async ({
  page,
  site,
  ordersUrl,
  openHostPage,
}) => {
  const element = `<order-status token="${await site.token('shopping')}" style="flex: 1"></order-status>`;
  await openHostPage(`<script src="${ordersUrl}/embed.js"></script>
      <div style="display: flex">${element}<aside style="height: 1500px; width: 9rem"></aside></div>`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(() => modeOf(page)).toEqual(['auto', false]);
  await page.locator('aside').evaluate((aside) => (aside.style.height = '100px'));
  await expect.poll(async () => (await heights(page))[1]).toBeLessThan(1_200);
  expect(await modeOf(page)).toEqual(['auto', false]);
});

test('an element in a hidden tab gets its height when the tab is shown', async ({
  page,
  hostEvents,
  openOrder,
}) => {
  await openOrder(
    'shopping',
    '',
    (element) => `<div style="display: none; width: 390px">${element}</div>`,
  );
  await expect.poll(() => hostEvents('ready')).not.toEqual([]);
  expect(await hostEvents('error')).toEqual([]);
  await page.locator('div').evaluate((tab) => (tab.style.display = 'block'));
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(() => modeOf(page)).toEqual(['auto', false]);
  const shown = (await heights(page))[1];
  expect(shown).toBeGreaterThan(500);
  for (const display of ['none', 'block'])
    await page.locator('div').evaluate((tab, value) => (tab.style.display = value), display);
  await expect.poll(async () => (await heights(page))[1]).toBe(shown);
});

test('a zoomed page shows the whole order', async ({ page, site, ordersUrl, openHostPage }) => {
  const element = elementHtml(ordersUrl, await site.token('shopping'));
  for (const style of ['zoom: 1.3', 'zoom: 0.8', 'transform: scale(0.7)']) {
    await openHostPage(`<div style="width: 420px; ${style}">${element}</div>`);
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    await expect.poll(() => modeOf(page)).toEqual(['auto', false]);
    await expect(frameOf(page).getByRole('region', { name: copy.chat.thread })).toBeVisible();
  }
});
