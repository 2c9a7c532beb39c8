import { expect, test } from 'vitest';
import { Ending } from '@/components/order/ending';
import type { OrderProgress, OrderView } from '@/lib/order/order-view';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { render, screen } from '@/tests/support/render';
import {
  at,
  fromCustomer,
  fromShopper,
  order,
  progress,
  update,
} from '@/tests/support/sample-order';

const supportUrl = 'https://www.example.com/help';
const picture = (name: string) => `https://images.instacart.com/${name}.jpg`;

function show(
  more: Partial<OrderProgress>,
  { chat, url = supportUrl, ...rest }: Partial<OrderView> & { url?: string | undefined } = {},
) {
  const view = order(chat, { order: progress(more), ...rest });
  return render(<Ending view={view} supportUrl={url} />).container;
}

function shownPicture() {
  return screen.queryAllByRole('img', { hidden: true })[0]?.getAttribute('src');
}

test('an order under way and one without progress have no ending', () => {
  expect(show({ stage: 'on_the_way' }).textContent).toBe('');
  const { container } = render(<Ending view={order()} supportUrl={supportUrl} />);
  expect(container.textContent).toBe('');
});

test.each([
  ['done', copy.ending.problem],
  ['cancelled', copy.ending.cancelled],
] as const)('an order with stage %s leads to the store: "%s"', (stage, text) => {
  show({ stage });
  const link = screen.getByRole('link', { name: text });
  expect(link.getAttribute('href')).toBe(supportUrl);
  expect(link.getAttribute('rel')).toBe('noopener noreferrer');
});

test('without SUPPORT_URL and photo there is no ending', () => {
  const view = order({}, { order: progress({ stage: 'done' }) });
  const { container } = render(<Ending view={view} supportUrl={undefined} />);
  expect(container.children).toHaveLength(0);
});

test('a delivery shows the newest picture of the updates', () => {
  const updates = [
    update('Replaced', { imageUrl: picture('milk') }),
    update('Delivered', { imageUrl: picture('door'), at: at('14:34') }),
    update('Enjoy!'),
  ];
  show({ stage: 'done' }, { updates });
  expect(shownPicture()).toBe(picture('door'));
  expect(
    screen.getByRole('button', { name: /^Open Photo of your delivery, 2:34\sPM$/ }),
  ).toBeTruthy();
});

test('without a picture in the updates it is the shopper’s newest one, never the customer’s', () => {
  const messages = [
    fromShopper('', { imageUrl: picture('shelf') }),
    fromShopper('', { imageUrl: picture('door') }),
    fromCustomer('', { imageUrl: picture('mine') }),
  ];
  const { chat } = order({ messages });
  show({ stage: 'done' }, { chat, updates: [update('Delivered')] });
  expect(shownPicture()).toBe(picture('door'));
});

test.each([
  { stage: 'cancelled' },
  { stage: 'done', type: 'pickup' },
] satisfies Partial<OrderProgress>[])('%j shows no picture of a delivery', (more) => {
  show(more, { updates: [update('Photo', { imageUrl: picture('door') })] });
  expect(shownPicture()).toBeUndefined();
});
