import { expect, test } from 'vitest';
import { DeliveryPhoto } from '@/components/order/delivery-photo';
import type { OrderProgress, OrderView } from '@/lib/order/order-view';
import { fireEvent, render, screen } from '@/tests/support/render';
import {
  at,
  fromCustomer,
  fromShopper,
  order,
  progress,
  update,
} from '@/tests/support/sample-order';

const picture = (name: string) => `https://images.instacart.com/${name}.jpg`;

function show(more: Partial<OrderProgress>, { chat, ...rest }: Partial<OrderView> = {}) {
  const view = order(chat, { order: progress(more), ...rest });
  return render(<DeliveryPhoto view={view} />).container;
}

/** The code of a photo is loaded after the first view. */
async function shownPicture() {
  const [image] = await screen.findAllByRole('img', { hidden: true });
  return image?.getAttribute('src');
}

test('an order under way and one without progress have no photo', async () => {
  const updates = [update('Replaced', { imageUrl: picture('milk') })];
  expect(show({ stage: 'on_the_way' }, { updates }).childElementCount).toBe(0);
  const { container } = render(<DeliveryPhoto view={order({}, { updates })} />);
  expect(container.childElementCount).toBe(0);
});

test('a photo that cannot be loaded is left out', async () => {
  const container = show(
    { stage: 'done' },
    { updates: [update('', { imageUrl: picture('door') })] },
  );
  const [image = document.body] = await screen.findAllByAltText(/^Photo of your delivery/);
  fireEvent.error(image);
  expect(container.querySelector('img, a, button')).toBeNull();
});

test('a delivery shows the newest picture of the updates', async () => {
  const updates = [
    update('Replaced', { imageUrl: picture('milk') }),
    update('Delivered', { imageUrl: picture('door'), at: at('14:34') }),
    update('Enjoy!'),
  ];
  show({ stage: 'done' }, { updates });
  expect(await shownPicture()).toBe(picture('door'));
  expect(
    screen.getByRole('button', { name: /^Open Photo of your delivery, 2:34\sPM$/ }),
  ).toBeTruthy();
});

test('without a picture in the updates it is the shopper’s newest one, never the customer’s', async () => {
  const messages = [
    fromShopper('', { imageUrl: picture('shelf') }),
    fromShopper('', { imageUrl: picture('door') }),
    fromCustomer('', { imageUrl: picture('mine') }),
  ];
  const { chat } = order({ messages });
  show({ stage: 'done' }, { chat, updates: [update('Delivered')] });
  expect(await shownPicture()).toBe(picture('door'));
});

test.each([
  { stage: 'cancelled' },
  { stage: 'done', type: 'pickup' },
] satisfies Partial<OrderProgress>[])('%j shows no picture of a delivery', (more) => {
  expect(
    show(more, { updates: [update('Photo', { imageUrl: picture('door') })] }).childElementCount,
  ).toBe(0);
});
