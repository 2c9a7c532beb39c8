import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test, withElement } from '@/tests/e2e/support/embed-test';

// Heights that a host asks for, by attribute or by CSS, and values that are not understood.

const GREETING = 'You’re the best.';

test.use({ allowedNoise: /^<order-status> ignores / });

async function heights(page: Page): Promise<[element: number, frame: number]> {
  return page.locator('order-status').evaluate((element) => {
    const frame = element.shadowRoot?.querySelector('iframe');
    const tops = [element, frame].map((each) => each?.getBoundingClientRect().height ?? 0);
    return [Math.round(tops[0] ?? 0), Math.round(tops[1] ?? 0)];
  });
}

/** Waits for what the frame was told; whether the page in it would have to be scrolled. */
function modeOf(page: Page): Promise<unknown> {
  return frameOf(page)
    .locator('html')
    .evaluate((html) => [html.dataset['height'], html.scrollHeight > html.clientHeight]);
}

for (const [attribute, px] of [
  ['640', 640],
  ['640px', 640],
  ['640.5', 641],
  ['40rem', 640],
  ['80vh', 720],
  ['50dvh', 450],
  ['5vh', 120],
  ['9999', 4_000],
] as const)
  test(`height="${attribute}" is ${px} px of the element and its frame, and the thread scrolls`, async ({
    page,
    host,
    site,
    ordersUrl,
  }) => {
    await page.setViewportSize({ width: 800, height: 900 });
    const element = withElement(ordersUrl, await site.token('shopping'), `height="${attribute}"`);
    host.put('/high', { html: element });
    await page.goto(`${host.origin('shop.localhost')}/high`);
    await expect(frameOf(page).getByText(GREETING)).toBeAttached();
    expect(await heights(page)).toEqual([px, px]);
    expect((await modeOf(page)) as unknown[]).toContain('fixed');
  });

const ignored = [
  ['height', ['100%', '0', '-5', 'tall', '80 vh', '1e3', 'NaN', 'calc(1px)', 'var(--x)', '50vw']],
  ['theme', ['pink', 'DARK', 'light dark']],
  ['locale', ['fr_CA', 'no locale at all', 'english', '-']],
] as const;

test('a value that is not understood is named in the console, and the default is used', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  host.put('/default', { html: withElement(ordersUrl, await site.token('shopping')) });
  await page.goto(`${host.origin('shop.localhost')}/default`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(async () => (await heights(page))[0]).toBeGreaterThan(500);
  const natural = await heights(page);
  const html = frameOf(page).locator('html');
  const plain = await html.evaluate((root) => ({ ...root.dataset }));
  for (const [name, values] of ignored)
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
  host.put('/full', {
    html: withElement(ordersUrl, await site.token('shopping'), 'height="100%"'),
  });
  await page.goto(`${host.origin('shop.localhost')}/full`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(() => heights(page)).toEqual(natural);
});

test('an empty value is the default without a warning', async ({ page, host, site, ordersUrl }) => {
  const warnings: string[] = [];
  page.on('console', (message) => warnings.push(message.text()));
  const empty = 'height="" theme="" locale=""';
  host.put('/empty', { html: withElement(ordersUrl, await site.token('shopping'), empty) });
  await page.goto(`${host.origin('shop.localhost')}/empty`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  expect(warnings).toEqual([]);
});

for (const [name, style, wrapper] of [
  ['a height', 'height: 600px', ''],
  ['a height, as a block', 'display: block; height: 600px', ''],
  ['a largest height', 'max-height: 600px', ''],
  ['a share of its container', 'height: 100%', 'height: 600px'],
  [
    'what a flex column leaves',
    'min-height: 0',
    'height: 600px; display: flex; flex-direction: column',
  ],
] as const)
  test(`with ${name} by CSS the frame does not hang out of the element, and the thread scrolls`, async ({
    page,
    host,
    site,
    ordersUrl,
  }) => {
    await page.setViewportSize({ width: 400, height: 900 });
    const element = `<order-status token="${await site.token('shopping')}" style="${style}"></order-status>`;
    host.put('/styled', {
      html: `<script src="${ordersUrl}/embed.js"></script><div style="${wrapper}">${element}</div>`,
    });
    await page.goto(`${host.origin('shop.localhost')}/styled`);
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    await expect.poll(() => modeOf(page)).toEqual(['fixed', false]);
    expect(await heights(page)).toEqual([600, 600]);
    await page.locator('order-status').evaluate((host) => {
      host.removeAttribute('style');
      host.parentElement?.removeAttribute('style');
    });
    await expect.poll(() => modeOf(page)).toEqual(['auto', false]);
    expect((await heights(page))[1]).toBeGreaterThan(620);
  });

test('beside a taller column the frame follows its content and no scroll bar comes', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  const element = `<order-status token="${await site.token('shopping')}" style="flex: 1"></order-status>`;
  host.put('/columns', {
    html: `<script src="${ordersUrl}/embed.js"></script>
      <div style="display: flex">${element}<aside style="height: 1500px; width: 9rem"></aside></div>`,
  });
  await page.goto(`${host.origin('shop.localhost')}/columns`);
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(() => modeOf(page)).toEqual(['auto', false]);
  await page.locator('aside').evaluate((aside) => (aside.style.height = '100px'));
  await expect.poll(async () => (await heights(page))[1]).toBeLessThan(1_200);
  expect(await modeOf(page)).toEqual(['auto', false]);
});

test('in a tab that is hidden at first it has its height as soon as the tab is shown', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  const element = withElement(ordersUrl, await site.token('shopping'));
  host.put('/hidden', { html: `<div style="display: none; width: 390px">${element}</div>` });
  await page.goto(`${host.origin('shop.localhost')}/hidden`);
  await expect.poll(async () => (await heard(page)).map(([name]) => name)).toContain('ready');
  expect((await heard(page)).filter(([name]) => name === 'error')).toEqual([]);
  await page.locator('div').evaluate((tab) => (tab.style.display = 'block'));
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  await expect.poll(() => modeOf(page)).toEqual(['auto', false]);
  const shown = (await heights(page))[1];
  expect(shown).toBeGreaterThan(500);
  for (const display of ['none', 'block'])
    await page.locator('div').evaluate((tab, value) => (tab.style.display = value), display);
  await expect.poll(async () => (await heights(page))[1]).toBe(shown);
});

test('in a zoomed page the whole order is shown', async ({ page, host, site, ordersUrl }) => {
  const element = withElement(ordersUrl, await site.token('shopping'));
  for (const style of ['zoom: 1.3', 'zoom: 0.8', 'transform: scale(0.7)']) {
    host.put('/zoomed', { html: `<div style="width: 420px; ${style}">${element}</div>` });
    await page.goto(`${host.origin('shop.localhost')}/zoomed`);
    await expect(frameOf(page).getByText(GREETING)).toBeVisible();
    await expect.poll(() => modeOf(page)).toEqual(['auto', false]);
    await expect(frameOf(page).getByRole('region', { name: copy.chat.thread })).toBeVisible();
  }
});
