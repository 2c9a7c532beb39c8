import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { findAxeViolations } from '@/tests/e2e/support/find-axe-violations';
import { readStyle, setAttribute } from '@/tests/e2e/support/frame-look';

// Frames with a transparent surface, on hosts of both themes.

const GREETING = 'You’re the best.';

/** Colour of one pixel of the page as the browser paints it, four pixels below and beside the corner of the frame. */
async function readPixel(page: Page): Promise<number[]> {
  const box = await page.locator('order-status').boundingBox();
  if (!box) throw new Error('The element is not visible');
  const clip = { x: box.x + 4, y: box.y + 4, width: 1, height: 1 };
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas').getContext('2d');
    canvas?.drawImage(image, 0, 0);
    return [...(canvas?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  }, png);
}

const toStyle = (css: string) => (element: string) => `<style>body { ${css} }</style>${element}`;

const hosts = [
  { name: 'a light page', css: 'background: #fbe9c0; color: #22301f', theme: 'light' },
  {
    name: 'a dark page without a color-scheme',
    css: 'background: rgb(14, 16, 50); color: oklch(0.95 0.01 280)',
    theme: 'dark',
  },
  {
    name: 'a dark page with a color-scheme',
    css: 'background: rgb(14, 16, 50); color-scheme: dark; color: CanvasText',
    theme: 'dark',
  },
];

for (const { name, css, theme } of hosts)
  for (const colorScheme of ['light', 'dark'] as const)
    test(
      `a transparent frame shows the background of ${name} on a device with a ${colorScheme} scheme, and its text contrasts with it`,
      { tag: theme === colorScheme ? '@slow' : [] },
      async ({ page, openOrder }) => {
        await page.emulateMedia({ colorScheme });
        await openOrder('shopping', 'surface="transparent"', toStyle(css));
        await expect(frameOf(page).getByText(GREETING)).toBeVisible();
        await expect(frameOf(page).locator('html')).toHaveAttribute('data-theme', theme);
        const background = theme === 'light' ? [251, 233, 192] : [14, 16, 50];
        await expect.poll(() => readPixel(page)).toEqual(background);
        const ink = theme === 'light' ? 'rgb(26, 28, 25)' : 'rgb(236, 238, 233)';
        expect(await readStyle(page, 'h1', 'color')).toBe(ink);
        expect(await readStyle(page, '.chat', 'background-color')).toBe('rgba(0, 0, 0, 0)');
      },
    );

test('a transparent frame follows a host that fades to its dark theme, and is opaque with a theme that the host does not have', async ({
  page,
  openOrder,
}) => {
  await openOrder(
    'shopping',
    'surface="transparent"',
    (element) => `<style>body { background: #fff; color: #111; transition: color 0.2s }
      .dark body { background: #000; color: #eee }</style>${element}`,
  );
  await expect(frameOf(page).getByText(GREETING)).toBeVisible();
  const html = frameOf(page).locator('html');
  await page.evaluate(() => document.documentElement.classList.add('dark'));
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect.poll(() => readPixel(page)).toEqual([0, 0, 0]);
  await setAttribute(page, 'theme', 'light');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await expect(html).not.toHaveAttribute('data-surface');
  await expect.poll(() => readPixel(page)).toEqual([247, 247, 244]);
});

for (const { name, css, theme } of hosts.slice(0, 2))
  test(
    `a transparent, compact frame on ${name} has no axe violation, needs no horizontal scrolling with text of 200 % and keeps its edges with forced colours`,
    { tag: '@slow' },
    async ({ page, openOrder }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await openOrder(
        'shopping',
        'surface="transparent" density="compact" radius="0" font="serif"',
        toStyle(css),
      );
      await expect(frameOf(page).getByText(GREETING)).toBeVisible();
      const framed = page.frames()[1];
      if (!framed) throw new Error('The page has no frame');
      // axe takes the canvas of a frame for white, so the frame gets the colour that shows through.
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await framed.evaluate((color) => {
        document.documentElement.style.background = color;
      }, background);
      expect(await findAxeViolations(framed)).toEqual([]);
      await framed.evaluate(() => void (document.documentElement.style.fontSize = '200%'));
      await expect
        .poll(() => framed.evaluate(() => document.documentElement.scrollWidth - innerWidth))
        .toBeLessThanOrEqual(0);
      await page.emulateMedia({ forcedColors: 'active', colorScheme: theme as 'light' | 'dark' });
      for (const part of ['.decision', '.composer-field > textarea', '[type="submit"]'])
        expect(await readStyle(page, part, 'border-top-width'), part).toBe('1px');
      await expect(frameOf(page).getByLabel(copy.chat.thread)).toBeVisible();
    },
  );
