import { copy } from '@/lib/order/copy/en-US/order-page';
import { elementHtml } from '@/tests/e2e/support/host-page';
import { putOrder } from '@/tests/e2e/support/orders';
import { expect, expectText, frameHeight, test } from './browser-test';

const GREETING = 'You’re the best.';
const [LIGHT, DARK] = ['rgb(247, 247, 244)', 'rgb(17, 19, 17)'];

test('a host frames the order and receives events without names and texts', async ({
  tab,
  openOrder,
  hostEvents,
}) => {
  await openOrder('shopping');
  await expectText(tab, GREETING);
  await tab.leave();
  await expect.poll(() => hostEvents()).toContainEqual(['ready', { v: 1 }, '']);
  const events = await hostEvents();
  expect(events).toContainEqual(['unread', { count: 0 }, '']);
  expect(JSON.stringify(events)).not.toMatch(/Zelma|John|best/);
  expect(await tab.run(() => [scrollY, document.cookie])).toEqual([0, '']);
});

test('the frame’s height follows its content', async ({ tab, site, openOrder }) => {
  const { orderId } = putOrder(site);
  await openOrder(orderId, '', (element) => `<div style="width: 390px">${element}</div>`);
  await expectText(tab, 'Hi John, I’m Zelma.');
  const hiddenPx = () =>
    tab.run(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  await expect.poll(hiddenPx).toBe(0);
  await tab.leave();
  const before = await frameHeight(tab);
  await tab.enter();
  await tab.click(copy.sections.updates);
  await expectText(tab, 'Sent by text and email');
  await tab.leave();
  await expect.poll(() => frameHeight(tab)).not.toBe(before);
  await tab.enter();
  await tab.click(copy.sections.chat);
  await tab.leave();
  await expect.poll(() => frameHeight(tab)).toBe(before);
});

test('the theme follows the attribute, and the host’s colour scheme if it is auto', async ({
  tab,
  openOrder,
}) => {
  await openOrder('shopping', 'theme="dark"');
  await expectText(tab, GREETING);
  const background = () =>
    tab.run(() => getComputedStyle(document.documentElement).backgroundColor);
  await expect.poll(background).toBe(DARK);
  for (const [theme, scheme, color] of [
    ['light', '', LIGHT],
    ['auto', 'dark', DARK],
    ['auto', 'light', LIGHT],
  ] as const) {
    await tab.leave();
    await tab.run(
      (newTheme, newScheme) => {
        document.querySelector('order-status')?.setAttribute('theme', newTheme);
        document.documentElement.style.colorScheme = newScheme;
      },
      theme,
      scheme,
    );
    await tab.enter();
    await expect.poll(background).toBe(color);
  }
});

test('a transparent frame has the theme of the host’s text and no background', async ({
  tab,
  openOrder,
}) => {
  await openOrder(
    'shopping',
    'surface="transparent"',
    (element) => `<style>body { background: #101030; color: #eee }</style>${element}`,
  );
  await expectText(tab, GREETING);
  const look = () =>
    tab.run(() => {
      const { backgroundColor, colorScheme } = getComputedStyle(document.documentElement);
      return [backgroundColor, colorScheme];
    });
  await expect.poll(look).toEqual(['rgba(0, 0, 0, 0)', 'dark']);
  await tab.leave();
  // A frame is transparent if its own scheme is that of its page.
  const scheme = () =>
    tab.run(() => {
      const frame = document.querySelector('order-status')?.shadowRoot?.querySelector('iframe');
      return frame && getComputedStyle(frame).colorScheme;
    });
  expect(await scheme()).toBe('dark');
  await tab.run(() => {
    document.body.style.cssText = 'background: white; color: black; transition: color 0.1s';
  });
  await expect.poll(scheme).toBe('light');
  await tab.enter();
  await expect.poll(look).toEqual(['rgba(0, 0, 0, 0)', 'light']);
});

test('a new token replaces an expired link in the same frame without a reload or a history entry', async ({
  tab,
  site,
  openHostPage,
  hostEvents,
}) => {
  const expired = await site.token('shopping', { exp: 1_700_000_000 });
  await openHostPage(elementHtml(site.url, expired));
  await tab.enter();
  await expectText(tab, copy.problems.link_expired.title);
  await tab.run(() => void (document.title = 'The same page'));
  await tab.leave();
  await expect.poll(() => hostEvents()).toContainEqual(['token-needed', { reason: 'expired' }, '']);
  const entries = await tab.run(() => history.length);
  await tab.run(
    (token) => {
      const element = document.querySelector('order-status');
      if (element) Object.assign(element, { token });
    },
    await site.token('shopping'),
  );
  await tab.enter();
  await expectText(tab, GREETING);
  expect(await tab.run(() => performance.getEntriesByType('navigation').length)).toBe(1);
  await tab.leave();
  await expect.poll(() => hostEvents()).toContainEqual(['ready', { v: 1 }, '']);
  expect(await tab.run(() => history.length)).toBe(entries);
  await tab.run((token) => {
    const element = document.querySelector('order-status');
    if (element) Object.assign(element, { token });
  }, expired);
  const tokenRequests = async () =>
    (await hostEvents()).filter(([name]) => name === 'token-needed').length;
  await expect.poll(tokenRequests).toBe(2);
});

test('two elements on one page each have their own order, height and events', async ({
  tab,
  site,
  openHostPage,
  hostEvents,
}) => {
  const [first, second] = [await site.token('shopping'), await site.token('waiting')];
  await openHostPage(`${elementHtml(site.url, first, 'id="first"')}
      <order-status id="second" token="${second}" height="333"></order-status>`);
  await tab.enter('#first');
  await expectText(tab, GREETING);
  await tab.leave();
  await tab.enter('#second');
  await expectText(tab, copy.waiting.title);
  await tab.leave();
  for (const id of ['first', 'second'])
    await expect.poll(() => hostEvents()).toContainEqual(['ready', { v: 1 }, id]);
  expect(await frameHeight(tab, '#second')).toBe(333);
  await expect.poll(() => frameHeight(tab, '#first')).toBeGreaterThan(500);
});

test('a plain iframe shows the order', async ({ tab, site, openHostPage }) => {
  const src = `${site.url}/embed#${await site.token('shopping')}`;
  await openHostPage(`<iframe title="Order" src="${src}" width="380" height="640"></iframe>`);
  await tab.enter('iframe');
  await expectText(tab, GREETING);
});
