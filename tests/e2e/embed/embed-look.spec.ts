import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { readStyle, setAttribute } from '@/tests/e2e/support/frame-look';

// The attributes with which the frame follows the look of its host page; embed-surface.spec.ts tests `surface`.

const GREETING = 'You’re the best.';
const IGNORED = /^<order-status> ignores (surface|density|radius|font)="/;

test.use({ allowedNoise: IGNORED });

test('font, radius and density can change at run time, and a removed attribute restores the default', async ({
  page,
  openOrder,
}) => {
  await page.setViewportSize({ width: 500, height: 800 });
  await openOrder('shopping', 'font="Georgia, \'Times New Roman\', serif" radius="6"');
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  const bubble = '[data-from="customer"] p.bg-brand';
  const font = () => readStyle(page, 'h1', 'font-family');
  const radius = () => readStyle(page, bubble, 'border-start-start-radius');
  expect(await font()).toMatch(/^Georgia, "Times New Roman", serif, system-ui/);
  expect(await radius()).toBe('6px');
  const height = await page.locator('order-status').evaluate(({ clientHeight }) => clientHeight);
  await setAttribute(page, 'font', 'Verdana');
  await setAttribute(page, 'radius', '400px');
  await setAttribute(page, 'density', 'compact');
  await expect.poll(font).toMatch(/^Verdana, system-ui/);
  await expect.poll(radius).toBe('32px');
  await expect
    .poll(() => page.locator('order-status').evaluate(({ clientHeight }) => clientHeight))
    .toBeLessThan(height - 50);
  for (const name of ['font', 'radius', 'density'])
    await page
      .locator('order-status')
      .evaluate((element, key) => element.removeAttribute(key), name);
  await expect.poll(font).toMatch(/^system-ui/);
  await expect.poll(radius).toBe('18px');
  await expect
    .poll(() => page.locator('order-status').evaluate(({ clientHeight }) => clientHeight))
    .toBe(height);
});

const ignored = [
  ['surface', 'glass'],
  ['density', 'cosy'],
  ['radius', '-4'],
  ['radius', 'calc(1px + 1vw)'],
  ['radius', '50%'],
  ['font', 'inherit'],
  ['font', 'Georgia,'],
  ['font', 'var(--page)'],
  ['font', 'x; } html { display: none'],
  ['font', 'url(https://evil.example/font)'],
] as const;

test('values that are not understood are ignored with a warning', async ({ page, openOrder }) => {
  const warnings: string[] = [];
  page.on('console', (message) => warnings.push(message.text()));
  await openOrder('shopping');
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  for (const [name, value] of ignored) await setAttribute(page, name, value);
  await expect
    .poll(() => warnings.filter((text) => IGNORED.test(text)))
    .toEqual(ignored.map(([name, value]) => `<order-status> ignores ${name}="${value}"`));
  await expect(frameOf(page).locator('html')).not.toHaveAttribute('data-surface');
  expect(await readStyle(page, 'h1', 'font-family')).toMatch(/^system-ui/);
});

test('the frame itself ignores values of the look that embed.js would not have sent', async ({
  page,
  site,
  ordersUrl,
  openHostPage,
}) => {
  const values = [
    ...ignored.map(([name, value]) => ({ [name]: value })),
    { font: 'a'.repeat(300), radius: 1e9, surface: ['transparent'], density: { compact: true } },
    { font: { toString: 1 }, radius: null, surface: true },
  ];
  const query = new URLSearchParams({ font: 'x; } html { display: none', radius: '50%' });
  await openHostPage(
    `<iframe title="Order" width="500" height="600" src="${ordersUrl}/embed?${query}#${await site.token('shopping')}"></iframe>`,
  );
  const frame = frameOf(page, 'iframe');
  await expect(frame.getByText(GREETING)).toBeVisible();
  const html = frame.locator('html');
  expect(await html.getAttribute('style')).toBeFalsy();
  for (const value of values)
    await page.evaluate((look) => {
      const settings = { theme: 'dark', locale: '', height: 'fixed', ...look };
      const message = { v: 1, type: 'order-status:settings', ...settings };
      document.querySelector('iframe')?.contentWindow?.postMessage(message, '*');
    }, value);
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(html).not.toHaveAttribute('data-surface');
  await expect(html).not.toHaveAttribute('data-density');
  expect((await html.getAttribute('style')) ?? '').not.toContain('font');
});

for (const { name, width, height } of [
  { name: 'a frame of 360 px', width: 480, height: 360 },
  { name: 'a wide frame of 400 px', width: 800, height: 400 },
])
  test(`${name} is compact: its composer and headline are visible and its status is low`, async ({
    page,
    openOrder,
  }) => {
    await page.setViewportSize({ width: 900, height: 700 });
    await openOrder(
      'shopping',
      `height="${height}"`,
      (element) => `<div style="width: ${width}px">${element}</div>`,
    );
    const frame = frameOf(page);
    await expect(frame.getByText(GREETING)).toBeVisible();
    expect(await readStyle(page, 'h1', 'font-size')).toBe('18px');
    const status = await frame.locator('.status').evaluate((box) => box.clientHeight);
    expect(status).toBeLessThan(100);
    const composer = await frame.getByRole('textbox').boundingBox();
    const element = await page.locator('order-status').boundingBox();
    expect((composer?.y ?? 0) + (composer?.height ?? 0)).toBeLessThanOrEqual(
      (element?.y ?? 0) + height,
    );
  });

test('the headline of a frame is smaller than that of the page', async ({
  page,
  site,
  openOrder,
}) => {
  await page.setViewportSize({ width: 1_100, height: 800 });
  await openOrder('shopping');
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  expect(await readStyle(page, 'h1', 'font-size')).toBe('22px');
  await page.goto(await site.link('shopping'));
  await expect(page.getByText(GREETING)).toBeVisible();
  expect(await page.locator('h1').evaluate((h1) => getComputedStyle(h1).fontSize)).toBe('30px');
});
