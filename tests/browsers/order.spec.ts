import { copy } from '@/lib/order/copy/en-US/order-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { expect, expectText, test } from './browser-test';

const GREETING = 'You’re the best.';

test('a link opens the order with headline, chat and pictures of people', async ({ tab, site }) => {
  await tab.open(await site.link('shopping'));
  await expectText(tab, GREETING);
  const headline = await tab.run(() => document.querySelector('h1')?.textContent);
  expect(headline).toBe('Amida is shopping your order');
  const avatarPx = () =>
    tab.run(() => document.querySelector<HTMLImageElement>('.thread img')?.naturalWidth ?? 0);
  await expect.poll(avatarPx).toBeGreaterThan(0);
  const belowEndPx = () =>
    tab.run(() => {
      const thread = document.querySelector('.thread');
      return thread ? thread.scrollHeight - thread.clientHeight - thread.scrollTop : Infinity;
    });
  // The row about a replacement comes later, and the thread stays at its end.
  await expect.poll(belowEndPx).toBeLessThanOrEqual(1);
});

test('a picture opens in a dialog that the button and Escape close', async ({ tab, site }) => {
  await tab.open(await site.link('shopping'));
  await expectText(tab, GREETING);
  const shownPx = () =>
    tab.run(() => document.querySelector<HTMLImageElement>('dialog[open] img')?.naturalWidth ?? 0);
  const focused = () => tab.run(() => document.activeElement?.getAttribute('aria-label'));
  await tab.click('Open Photo from Amida');
  await expect.poll(shownPx).toBeGreaterThan(0);
  await tab.click(copy.chat.close);
  await expect.poll(shownPx).toBe(0);
  expect(await focused()).toContain('Open Photo from Amida');
  await tab.press('Enter');
  await expect.poll(shownPx).toBeGreaterThan(0);
  await tab.press('Escape');
  await expect.poll(shownPx).toBe(0);
  expect(await focused()).toContain('Open Photo from Amida');
});

test('a new message appears and is announced without a reload', async ({ tab, site }) => {
  const order = putOrder(site);
  await tab.open(await site.link(order.orderId));
  await expectText(tab, 'Hi John, I’m Zelma.');
  order.add({ from: 'driver', body: 'Is the oat milk fine?' });
  await expectText(tab, 'Is the oat milk fine?');
  const announced = () =>
    tab.run(() =>
      [...document.querySelectorAll('[role="status"]')].map((box) => box.textContent).join('\n'),
    );
  await expect.poll(announced).toContain('Zelma: Is the oat milk fine?');
});

test('an expired chat shows a notice and keeps the updates', async ({ tab, site }) => {
  await tab.open(await site.link('expired'));
  await expectText(tab, copy.chat.expired);
  const text = await tab.text();
  expect(text).toContain('Your order was delivered. Enjoy!');
  expect(text).not.toContain('By the side door');
});

test('an invalid link shows that it is invalid', async ({ tab, site }) => {
  await tab.open(`${site.url}/order#garbage`);
  await expectText(tab, copy.problems.link_invalid.title);
});

test('the keyboard focuses the thread visibly and scrolls it', async ({ tab, site }) => {
  await tab.open(await site.link('shopping'));
  await expectText(tab, GREETING);
  const focused = () =>
    tab.run(() => {
      const { activeElement: element } = document;
      const hidden = element?.querySelector('[aria-hidden]')?.textContent ?? '';
      const name = element?.getAttribute('aria-label') ?? element?.textContent?.replace(hidden, '');
      return { name, outline: getComputedStyle(element ?? document.body).outlineStyle };
    });
  // Before the thread come the decision, the items and a list of updates that has to be scrolled.
  await tab.press('Tab');
  await expect.poll(focused).toEqual({ name: 'Contact the store', outline: 'solid' });
  for (let n = 0; n < 8 && (await focused()).name !== copy.chat.thread; n++) await tab.press('Tab');
  await expect.poll(focused).toEqual({ name: copy.chat.thread, outline: 'solid' });
  await tab.press('Home');
  await expect.poll(() => tab.run(() => document.querySelector('.thread')?.scrollTop)).toBe(0);
});
