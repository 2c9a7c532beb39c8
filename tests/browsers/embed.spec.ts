import { copy } from '@/lib/order/copy/en-US/order-page';
import { expect, expectText, test } from './browser-test';
import { frameHeight, heard, withElement } from './host-html';

const GREETING = 'You’re the best.';
const [LIGHT, DARK] = ['rgb(247, 247, 244)', 'rgb(17, 19, 17)'];

test('a host frames the order, and hears of it without names and texts', async ({
  tab,
  host,
  site,
}) => {
  host.put('/account', { html: withElement(site.url, await site.token('shopping')) });
  await tab.open(`${host.origin('127.0.0.1')}/account`);
  await tab.enter();
  await expectText(tab, GREETING);
  await tab.leave();
  await expect.poll(() => heard(tab)).toContainEqual(['ready', { v: 1 }, '']);
  const events = await heard(tab);
  expect(events).toContainEqual(['unread', { count: 0 }, '']);
  expect(JSON.stringify(events)).not.toMatch(/Zelma|John|best/);
  expect(await tab.run(() => [scrollY, document.cookie])).toEqual([0, '']);
});

test('the frame’s height follows its content', async ({ tab, host, site }) => {
  const element = withElement(site.url, await site.token('shopping'));
  host.put('/high', { html: `<div style="width: 390px">${element}</div>` });
  await tab.open(`${host.origin('127.0.0.1')}/high`);
  await tab.enter();
  await expectText(tab, GREETING);
  const hiddenPx = () =>
    tab.run(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  await expect.poll(hiddenPx).toBe(0);
  await tab.leave();
  const before = await frameHeight(tab);
  await tab.enter();
  await tab.click('Show all 6 updates');
  await expectText(tab, copy.updates.showLess);
  await tab.leave();
  await expect.poll(() => frameHeight(tab)).toBeGreaterThan(before + 100);
  await tab.enter();
  await tab.click(copy.updates.showLess);
  await tab.leave();
  await expect.poll(() => frameHeight(tab)).toBe(before);
});

test('the theme follows the attribute, and in auto the colour scheme of the host', async ({
  tab,
  host,
  site,
}) => {
  host.put('/themed', {
    html: withElement(site.url, await site.token('shopping'), 'theme="dark"'),
  });
  await tab.open(`${host.origin('127.0.0.1')}/themed`);
  await tab.enter();
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

test('a link that has ended is renewed in the same frame: no reload, nothing for the back button', async ({
  tab,
  host,
  site,
}) => {
  const ended = await site.token('shopping', { exp: 1_700_000_000 });
  host.put('/renewed', { html: withElement(site.url, ended) });
  await tab.open(`${host.origin('127.0.0.1')}/renewed`);
  await tab.enter();
  await expectText(tab, copy.problems.link_expired.title);
  await tab.run(() => void (document.title = 'The same page'));
  await tab.leave();
  await expect.poll(() => heard(tab)).toContainEqual(['token-needed', { reason: 'expired' }, '']);
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
  await expect.poll(() => heard(tab)).toContainEqual(['ready', { v: 1 }, '']);
  expect(await tab.run(() => history.length)).toBe(entries);
});

test('two elements on one page have an order, a height and events each', async ({
  tab,
  host,
  site,
}) => {
  const [first, second] = [await site.token('shopping'), await site.token('waiting')];
  host.put('/two', {
    html: `${withElement(site.url, first, 'id="first"')}
      <order-status id="second" token="${second}" height="333"></order-status>`,
  });
  await tab.open(`${host.origin('127.0.0.1')}/two`);
  await tab.enter('#first');
  await expectText(tab, GREETING);
  await tab.leave();
  await tab.enter('#second');
  await expectText(tab, copy.chat.waiting);
  await tab.leave();
  for (const id of ['first', 'second'])
    await expect.poll(() => heard(tab)).toContainEqual(['ready', { v: 1 }, id]);
  expect(await frameHeight(tab, '#second')).toBe(333);
  await expect.poll(() => frameHeight(tab, '#first')).toBeGreaterThan(500);
});

test('a plain iframe works too', async ({ tab, host, site }) => {
  const src = `${site.url}/embed#${await site.token('shopping')}`;
  host.put('/plain', {
    html: `<iframe title="Order" src="${src}" width="380" height="640"></iframe>`,
  });
  await tab.open(`${host.origin('127.0.0.1')}/plain`);
  await tab.enter('iframe');
  await expectText(tab, GREETING);
});
