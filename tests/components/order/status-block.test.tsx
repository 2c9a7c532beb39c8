import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StatusBlock } from '@/components/order/status-block';
import { ORDER_NUMBER_ID } from '@/lib/client/order/header-places';
import type { OrderProgress, OrderView, Shopper } from '@/lib/order/order-view';
import { STAGES, toSteps } from '@/lib/order/stages';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { hostileTexts } from '@/tests/simulator/hostile-scenario';
import { cleanup } from '@testing-library/react';
import { render, screen, within } from '@/tests/support/render';
import { at, order, people, progress, update, zelma } from '@/tests/support/sample-order';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(at('15:00')) });
});
afterEach(() => {
  vi.useRealTimers();
});

function show(more: Partial<OrderView>) {
  return render(<StatusBlock view={order({}, more)} freshness={null} />).container;
}

function showOrder(more: Partial<OrderProgress>, shopper: Partial<Shopper> = {}) {
  const shoppers = [{ ...zelma, ...shopper }];
  return show({ order: progress(more), people: { ...people, shoppers } });
}

/** Replaces narrow and no-break spaces, which differ between versions of ICU. */
function plain(text: string | null | undefined): string {
  return (text ?? '').replace(/[\u00a0\u2009\u202f]/g, ' ');
}

function headline(): string {
  return plain(screen.getByRole('heading', { level: 1 }).textContent);
}

/** The line below the headline. */
function line(): string {
  return plain(screen.getByRole('heading', { level: 1 }).nextElementSibling?.textContent);
}

test.each([
  ['delivery', 'received', 'We have your order'],
  ['delivery', 'assigned', 'Zelma will shop your order'],
  ['delivery', 'shopping', 'Zelma is shopping your order'],
  ['delivery', 'packing', 'Zelma is packing your order'],
  ['delivery', 'collected', 'Your order is leaving the store'],
  ['delivery', 'on_the_way', 'Zelma is on the way'],
  ['delivery', 'done', 'Delivered'],
  ['pickup', 'ready', 'Ready for pickup'],
  ['pickup', 'handing_over', 'The store knows you are here'],
  ['pickup', 'done', 'Picked up'],
  ['last_mile', 'prepared', 'Your order is packed'],
  ['last_mile', 'done', 'Delivered'],
  ['delivery', 'cancelled', 'Your order was canceled'],
] as const)('%s, stage %s: the headline is "%s"', (type, stage, expected) => {
  showOrder({ type, stage });
  expect(headline()).toBe(expected);
});

test('the update is no headline while the stage is known', () => {
  show({ order: progress({ stage: 'shopping' }), updates: [update('Oat milk was refunded')] });
  expect(headline()).toBe('Zelma is shopping your order');
  expect(screen.getByText('Oat milk was refunded').closest('p')?.textContent).toMatch(
    /^Latest: Oat milk was refunded · 2:00\sPM$/,
  );
});

test.each([
  ['', 'Your order is being shopped'],
  ['A'.repeat(18), `${'A'.repeat(18)} is shopping your order`],
  ['A'.repeat(19), 'Your order is being shopped'],
])('a shopper with the name "%s" gives the headline "%s"', (name, expected) => {
  showOrder({ stage: 'shopping' }, { name });
  expect(headline()).toBe(expected);
});

test('without a current shopper the headline has no name', () => {
  const { customer, shoppers } = people;
  show({ order: progress({ stage: 'on_the_way' }), people: { customer, shoppers } });
  expect(headline()).toBe('Your order is on the way');
});

test('a name is text and isolated from the sentence', () => {
  const name = '<b>זלמה</b>';
  const container = showOrder({ stage: 'shopping' }, { name });
  expect(container.querySelector('b')).toBeNull();
  expect(container.querySelector('h1 bdi')?.textContent).toBe(name);
});

test.each([
  ['no order', undefined],
  ['an unknown stage', progress({ stage: 'unknown', steps: [] })],
])('%s: the latest update is the headline, with its time and age', (_, known) => {
  const updates = [update('We have your order'), update('Picking', { at: at('14:45') })];
  show({ updates, ...(known && { order: known }) });
  expect(headline()).toBe('Picking');
  expect(line()).toBe('2:45 PM · 15 min. ago');
  expect(screen.queryByText(/Latest/)).toBeNull();
  expect(screen.queryByRole('list')).toBeNull();
});

test('without an order and updates the headline says that the order is in', () => {
  show({});
  expect(headline()).toBe(copy.status.nothingYet);
  expect(line()).toBe(copy.status.nothingYetHint);
});

test.each(['script', 'imageTag', 'closingTags', 'markdown', 'bidi'] as const)(
  'the update "%s" as headline is shown literally and isolated',
  (kind) => {
    const container = show({ updates: [update(hostileTexts[kind])] });
    expect(container.querySelector('h1 bdi')?.textContent).toBe(hostileTexts[kind]);
    expect(container.querySelectorAll('script, img, svg, b, plaintext, h1 a')).toHaveLength(0);
  },
);

test('the latest update below a stage is shown literally', () => {
  const updates = [update(hostileTexts.imageTag)];
  const container = show({ order: progress(), updates });
  expect(screen.getByText(hostileTexts.imageTag).tagName).toBe('BDI');
  expect(container.querySelector('img')).toBeNull();
});

const window = { from: at('16:00'), to: at('18:00') };

test.each([
  [{ stage: 'shopping', window }, 'Arrives today, 4 – 6 PM'],
  [{ stage: 'shopping', window, isLate: true }, 'Running late, planned today, 4 – 6 PM'],
  [{ type: 'pickup', stage: 'shopping', window }, 'Pickup today, 4 – 6 PM'],
  [{ type: 'pickup', stage: 'ready', window }, 'Pick up by 6:00 PM today'],
  [
    { type: 'pickup', stage: 'ready', window: { from: at('13:00'), to: at('14:00') } },
    'Pickup time ended at 2:00 PM today',
  ],
  [{ type: 'pickup', stage: 'handing_over', window }, 'Pick up by 6:00 PM today'],
  [
    { stage: 'done', window, messagesReadableUntil: at('14:59', '2026-11-21') },
    'Chat stays until about 2:30 PM tomorrow',
  ],
  [{ stage: 'done', window }, ''],
  [{ stage: 'shopping' }, ''],
] satisfies [Partial<OrderProgress>, string][])('%j: the line is "%s"', (more, expected) => {
  showOrder(more);
  expect(line()).toBe(expected);
});

test.each(['waiting', 'unavailable', 'expired'] as const)(
  'a finished order whose chat is %s promises no chat',
  (state) => {
    const over = progress({ stage: 'done', messagesReadableUntil: at('14:59', '2026-11-21') });
    show({ chat: { state, messages: [], canReply: true }, order: over });
    expect(line()).toBe('');
  },
);

test('the number of the order is shown beside the window', () => {
  showOrder({ number: '2208-17' });
  expect(line()).toBe('Order 2208-17');
});

test('the freshness is on the line below the headline', () => {
  render(<StatusBlock view={order()} freshness={<span>checked 2 min. ago</span>} />);
  expect(line()).toContain('checked 2 min. ago');
});

function stepTexts() {
  return within(screen.getByRole('list', { name: 'Progress' }))
    .getAllByRole('listitem')
    .map((item) => `${item.textContent}${item.getAttribute('aria-current') ? ' [step]' : ''}`);
}

test('the steps are a list whose current step is marked, and each other one is done or not yet', () => {
  showOrder({ stage: 'packing' });
  expect(stepTexts()).toEqual([
    'Placed (done)',
    'Shopping (done)',
    'Packed [step]',
    'On the way (not yet)',
    'Delivered (not yet)',
  ]);
});

test('the last step of a finished order is the current one', () => {
  showOrder({ type: 'pickup', stage: 'done' });
  expect(stepTexts()).toEqual([
    'Placed (done)',
    'Shopping (done)',
    'Packed (done)',
    'Ready (done)',
    'Picked up [step]',
  ]);
});

test.each(['cancelled', 'unknown'] as const)('an order with stage %s has no steps', (stage) => {
  showOrder({ stage });
  expect(screen.queryByRole('list')).toBeNull();
});

test.each(['delivery', 'pickup', 'last_mile'] as const)(
  'every step of every stage of type %s has a label, and one step is current',
  (type) => {
    for (const stage of STAGES) {
      const steps = toSteps(type, stage);
      if (steps.length === 0) continue;
      const { unmount } = render(
        <StatusBlock view={order({}, { order: progress({ type, stage }) })} freshness={null} />,
      );
      for (const text of stepTexts())
        expect(text).toMatch(/^[A-Z][a-z ]+( \((done|not yet)\)| \[step\])$/);
      expect(stepTexts().filter((text) => text.endsWith('[step]'))).toHaveLength(1);
      unmount();
    }
  },
);

test('a shared link without a stage promises no update', () => {
  show({ access: 'share', updates: [] });
  expect(line()).toBe(copy.status.notShared);
});

test('the number is in the store’s header, and beside the window where there is none', () => {
  showOrder({ number: 'GM-20418' });
  expect(line()).toContain('Order GM-20418');
  const header = document.createElement('header');
  header.innerHTML = `<span id="${ORDER_NUMBER_ID}"></span>`;
  document.body.append(header);
  showOrder({ number: 'GM-20419' });
  expect(header.textContent).toBe('Order GM-20419');
  cleanup();
  expect(header.textContent).toBe('');
  header.remove();
});
