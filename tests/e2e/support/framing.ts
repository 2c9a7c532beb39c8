import type { Page } from '@playwright/test';
import { expect, test } from './embed-test';
import { putOrder } from './orders';

type Chain = { name: string; hosts: string[]; mayFrame: boolean };

const never = ['/order', '/s', '/nowhere', '/order?a=/embed', '/robots.txt', '/api/order/messages'];

/** Whether the browser has loaded the innermost frame of the page. */
async function isFramed(page: Page, url: string, depth: number): Promise<boolean> {
  await page.goto(url, { waitUntil: 'load' });
  expect(page.frames()).toHaveLength(depth + 1);
  return (
    (await page
      .frames()
      .at(-1)
      ?.evaluate(() => location.protocol)) === 'http:'
  );
}

/** Tests which pages a chain of hosts may frame; `hosts` are from the outermost page to the one that holds our frame. */
export function testFraming({ name, hosts, mayFrame }: Chain): void {
  test(`${name} ${mayFrame ? 'frames the order alone' : 'frames nothing'}`, async ({
    page,
    host,
    site,
    ordersUrl,
  }) => {
    const order = putOrder(site);
    const token = await site.token(order.orderId);
    const origins = hosts.map((label) => host.origin(`${label}.localhost`));
    const show = (path: string) => {
      host.put('/0', {
        html: `<iframe title="Order" src="${ordersUrl}${path}"></iframe>`,
      });
      // Each page is around the one with the number before its own.
      for (const [index, origin] of [...origins].reverse().entries())
        host.put(`/${index + 1}`, {
          html: `<iframe title="Inner" src="${origin}/${index}"></iframe>`,
        });
      return isFramed(page, `${origins[0]}/${origins.length - 1}`, origins.length);
    };
    for (const path of mayFrame ? never : ['/order'])
      expect([path, await show(`${path}#${token}`)]).toEqual([path, false]);
    // It holds no order, and has to show just where a site is missing.
    expect(await show('/embed/check')).toBe(true);
    expect(order.callCount()).toBe(0);
    expect(await show(`/embed#${token}`)).toBe(mayFrame);
    await expect.poll(() => order.callCount() > 0).toBe(mayFrame);
  });
}

/** The browser's messages about frames that it refuses. */
export const refusedFrames =
  /frame-ancestors|frame because|chrome-error|ERR_BLOCKED|status of (401|403|404)/;
