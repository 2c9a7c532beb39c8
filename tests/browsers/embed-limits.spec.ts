import { checkCopy } from '@/lib/order/copy/en-US/embed-check';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { elementHtml } from '@/tests/e2e/support/host-page';
import { expect, expectText, test } from './browser-test';
import { shellCopy } from '@/lib/order/copy/en-US/shell';

// Host pages that restrict the frame.

const GREETING = 'You’re the best.';

test('a host that is not in EMBED_ORIGINS gets no order, and its element shows a link to a new tab', async ({
  tab,
  unlistedHost,
  site,
  openHostPage,
  hostEvents,
}) => {
  const order = putOrder(site);
  const token = await site.token(order.orderId);
  await openHostPage(elementHtml(site.url, token), { by: unlistedHost });
  await expect.poll(() => hostEvents()).toEqual([['error', { code: 'no_answer' }, '']]);
  const newTabUrl = await tab.run(() => {
    const link = document.querySelector('order-status')?.shadowRoot?.querySelector('a');
    return link?.checkVisibility() ? link.href : undefined;
  });
  expect(newTabUrl).toBe(`${site.url}/order#${token}`);
  expect(order.callCount()).toBe(0);
});

test('a sandbox with the documented minimum shows the order and opens pictures', async ({
  tab,
  openOrder,
}) => {
  const sandbox = 'sandbox="allow-scripts allow-same-origin allow-popups"';
  await openOrder('shopping', sandbox);
  await expectText(tab, GREETING);
  await tab.click('Open Photo from Amida');
  const shownPx = () =>
    tab.run(() => document.querySelector<HTMLImageElement>('dialog[open] img')?.naturalWidth ?? 0);
  await expect.poll(shownPx).toBeGreaterThan(0);
});

test('a sandbox without scripts shows a link to a new tab', async ({ tab, site, openHostPage }) => {
  const src = `${site.url}/embed#${await site.token('shopping')}`;
  await openHostPage(`<iframe title="Order" src="${src}" sandbox="allow-same-origin"></iframe>`);
  await tab.enter('iframe');
  await expectText(tab, shellCopy.openInNewTab);
});

test('a host with a strict policy needs script-src and frame-src only, and may load the script as a module', async ({
  tab,
  site,
  openHostPage,
}) => {
  const token = await site.token('shopping');
  await openHostPage(
    `<script type="module" src="${site.url}/embed.js"></script><order-status token="${token}"></order-status>`,
    {
      headers: {
        'content-security-policy': `default-src 'none'; img-src data:; script-src ${site.url}; frame-src ${site.url}; require-trusted-types-for 'script'`,
      },
    },
  );
  const boxes = await tab.run(() => {
    const element = document.querySelector('order-status');
    return [element, element?.shadowRoot?.querySelector('iframe')].map((each) =>
      JSON.stringify(each?.getBoundingClientRect()),
    );
  });
  expect(boxes[0]).toBe(boxes[1]);
  await tab.enter();
  await expectText(tab, GREETING);
});

test('the embed check reports no problem on an allowed host', async ({
  tab,
  host,
  site,
  openHostPage,
}) => {
  const shop = host.origin('127.0.0.1');
  await openHostPage(elementHtml(site.url, '', 'check theme="dark"'));
  await tab.enter();
  await expectText(tab, 'It answers from within the frame.');
  await expectText(tab, `Version 1 with ${shop}: theme dark`);
  const text = await tab.text();
  expect(text).toContain(`${shop}: allowed by EMBED_ORIGINS.`);
  expect(text).toContain('None seen.');
  expect(text).not.toContain(checkCopy.verdicts.problem);
});

test('a picture opens in the visible part of a tall frame', async ({ tab, openOrder }) => {
  await openOrder(
    'shopping',
    '',
    (element) => `<div style="width: 390px; padding: 500px 0 900px">${element}</div>`,
  );
  await expectText(tab, GREETING);
  const pictureTop = await tab.run(() => {
    const pictures = [...document.querySelectorAll('button:has(img)')];
    return pictures.at(-1)?.getBoundingClientRect().top ?? 0;
  });
  await tab.leave();
  await tab.run((top) => {
    const frame = document.querySelector('order-status')?.getBoundingClientRect();
    scrollBy({ top: (frame?.top ?? 0) + top - 10, behavior: 'instant' });
  }, pictureTop);
  await tab.enter();
  await tab.click('Open Photo from Amida');
  await expectText(tab, copy.chat.close);
  const visibleRatios = () =>
    tab.run(
      () =>
        new Promise<number[]>((resolve) => {
          const parts = document.querySelectorAll('dialog[open] > *');
          const view = new IntersectionObserver((entries) => {
            view.disconnect();
            resolve(entries.map(({ intersectionRatio }) => intersectionRatio));
          });
          for (const part of parts) view.observe(part);
        }),
    );
  await expect.poll(visibleRatios).toEqual([1, 1]);
  await tab.leave();
  await tab.run(() => scrollBy({ top: -150, behavior: 'instant' }));
  await tab.enter();
  await expect.poll(visibleRatios).toEqual([1, 1]);
  await tab.click(copy.chat.close);
  await expect.poll(() => tab.text()).not.toContain(copy.chat.close);
});

test('the Tab key enters the frame at its first control and leaves it after its last', async ({
  tab,
  openOrder,
}) => {
  await openOrder(
    'shopping',
    '',
    (element) => `<button>Before</button>${element}<button>After</button>`,
  );
  await expectText(tab, GREETING);
  await tab.leave();
  await tab.run(() => document.querySelector('button')?.focus());
  const focused = () =>
    tab.run(() => {
      const { activeElement: element } = document;
      return element?.localName === 'button' ? element.textContent : element?.localName;
    });
  await tab.press('Tab');
  await expect.poll(focused).toBe('order-status');
  const stops = [await focused()];
  while (stops.length < 20 && stops.at(-1) !== 'After') {
    // Marionette sends a key to the frame that was entered, wherever the focus is.
    if (stops.at(-1) === 'order-status') await tab.enter();
    await tab.press('Tab');
    await tab.leave();
    stops.push(await focused());
  }
  expect(stops.at(-1)).toBe('After');
  expect(stops.filter((stop) => stop === 'order-status').length).toBeGreaterThan(2);
});
