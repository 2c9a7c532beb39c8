import { embedCheckCopy } from '@/lib/order/copy/en-US/embed-check';
import * as shellWords from '@/lib/order/copy/en-US/shell';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { expect, expectText, test } from './browser-test';
import { heard, withElement } from './host-html';

// What hosts and browsers take away from a frame.

const GREETING = 'You’re the best.';

test('a host that is not named shows no order, and the element shows the way out', async ({
  tab,
  stranger,
  site,
}) => {
  const order = putOrder(site);
  const token = await site.token(order.orderId);
  stranger.put('/refused', { html: withElement(site.url, token) });
  await tab.open(`${stranger.origin('127.0.0.1')}/refused`);
  await expect.poll(() => heard(tab)).toEqual([['error', { code: 'no_answer' }, '']]);
  const wayOut = await tab.run(() => {
    const link = document.querySelector('order-status')?.shadowRoot?.querySelector('a');
    return link?.checkVisibility() ? link.href : undefined;
  });
  expect(wayOut).toBe(`${site.url}/order#${token}`);
  expect(order.callCount()).toBe(0);
});

test('the smallest sandbox is enough, and pictures open', async ({ tab, host, site }) => {
  const sandbox = 'sandbox="allow-scripts allow-same-origin allow-popups"';
  host.put('/sandboxed', {
    html: withElement(site.url, await site.token('shopping'), sandbox),
  });
  await tab.open(`${host.origin('127.0.0.1')}/sandboxed`);
  await tab.enter();
  await expectText(tab, GREETING);
  await tab.click('Open Photo from Amida');
  const shownPx = () =>
    tab.run(() => document.querySelector<HTMLImageElement>('dialog[open] img')?.naturalWidth ?? 0);
  await expect.poll(shownPx).toBeGreaterThan(0);
});

test('in a sandbox without scripts a plain link to a tab shows', async ({ tab, host, site }) => {
  const src = `${site.url}/embed#${await site.token('shopping')}`;
  host.put('/scriptless', {
    html: `<iframe title="Order" src="${src}" sandbox="allow-same-origin"></iframe>`,
  });
  await tab.open(`${host.origin('127.0.0.1')}/scriptless`);
  await tab.enter('iframe');
  await expectText(tab, shellWords.openInNewTab);
});

test('a strict shop needs two directives, and the script works as a module', async ({
  tab,
  host,
  site,
}) => {
  const token = await site.token('shopping');
  host.put('/strict', {
    html: `<script type="module" src="${site.url}/embed.js"></script><order-status token="${token}"></order-status>`,
    headers: {
      'content-security-policy': `default-src 'none'; img-src data:; script-src ${site.url}; frame-src ${site.url}; require-trusted-types-for 'script'`,
    },
  });
  await tab.open(`${host.origin('127.0.0.1')}/strict`);
  await tab.enter();
  await expectText(tab, GREETING);
});

test('the embed check finds nothing wrong', async ({ tab, host, site }) => {
  host.put('/check', { html: withElement(site.url, '', 'check theme="dark"') });
  const shop = host.origin('127.0.0.1');
  await tab.open(`${shop}/check`);
  await tab.enter();
  await expectText(tab, 'It answers from within the frame.');
  await expectText(tab, `Version 1 with ${shop}: theme dark`);
  const text = await tab.text();
  expect(text).toContain(`${shop}: allowed by EMBED_ORIGINS.`);
  expect(text).toContain('None seen.');
  expect(text).not.toContain(embedCheckCopy.verdicts.problem);
});

test('a picture opens within the part of a tall frame that is on screen', async ({
  tab,
  host,
  site,
}) => {
  const element = withElement(site.url, await site.token('shopping'));
  host.put('/tall', {
    html: `<div style="width: 390px; padding: 500px 0 900px">${element}</div>`,
  });
  await tab.open(`${host.origin('127.0.0.1')}/tall`);
  await tab.enter();
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
  const seenRatios = () =>
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
  await expect.poll(seenRatios).toEqual([1, 1]);
  await tab.click(copy.chat.close);
  await expect.poll(() => tab.text()).not.toContain(copy.chat.close);
});

test('by keyboard the frame is a part of the page: in at its first stop, out after its last', async ({
  tab,
  host,
  site,
}) => {
  const element = withElement(site.url, await site.token('shopping'));
  host.put('/keys', { html: `<button>Before</button>${element}<button>After</button>` });
  await tab.open(`${host.origin('127.0.0.1')}/keys`);
  await tab.enter();
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
    // Firefox's remote gives a key to the frame that was entered, wherever the focus is.
    if (stops.at(-1) === 'order-status') await tab.enter();
    await tab.press('Tab');
    await tab.leave();
    stops.push(await focused());
  }
  expect(stops.at(-1)).toBe('After');
  expect(stops.filter((stop) => stop === 'order-status').length).toBeGreaterThan(2);
});
