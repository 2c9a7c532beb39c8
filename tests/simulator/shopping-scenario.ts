import { minuteMs } from './clock';
import { inMinutes, type Script } from './order-script';

const { notice, shopper, fromShopper, fromCustomer, order, item } = inMinutes;

/** An order after fifty minutes: a replacement, a broken picture, a hand-over, a return to an earlier step. */
export const shoppingScript: Script = {
  ageMs: 50 * minuteMs,
  steps: [
    item(9.5, '1', { status: 'FOUND' }),
    item(16, '2', {
      status: 'REPLACED',
      replacementStatus: 'APPROVED',
      replacement: {
        name: 'Raspberries, 6 oz',
        image: '/pictures/photo/berries.svg',
        quantity: '2',
      },
    }),
    item(20, '4', { status: 'FOUND' }),
    item(31, '3', {
      status: 'REPLACED',
      replacementStatus: 'PENDING',
      replacement: { name: 'Oat milk, 64 oz' },
    }),
    item(36, '6', { status: 'TO_REFUND' }),
    item(46, '5', { status: 'FOUND' }),
    notice(0, 'We have your order. Thank you!', ['sms', 'email']),
    order(0, {
      state: 'brand_new',
      window: { startsInMs: 60 * minuteMs, endsInMs: 120 * minuteMs },
    }),
    shopper(3, 'zelma'),
    order(3, { state: 'acknowledged' }),
    order(4, { state: 'picking' }),
    notice(4, 'Your shopper is picking your order.', ['sms', 'push']),
    fromShopper(5, 'Hi John, I’m Zelma and I’m shopping for you today. Anything to look out for?', {
      readAfterMs: 80_000,
    }),
    fromCustomer(7, 'Hi Zelma! Bananas on the green side, please.'),
    fromShopper(9, 'Will these do?', {
      image: '/pictures/photo/bananas.svg',
      readAfterMs: 30_000,
    }),
    fromCustomer(10, 'Perfect, thank you'),
    fromShopper(
      13,
      'They’re out of organic strawberries. Is the conventional kind OK, or would you rather have raspberries?',
      { image: '/pictures/photo/berries.svg', readAfterMs: 60_000 },
    ),
    fromCustomer(15, 'Raspberries, please.'),
    fromCustomer(15.5, 'And thanks for asking 🙂'),
    notice(16, 'Organic strawberries were replaced with raspberries.', ['sms', 'push']),
    fromShopper(17, 'Got the last two boxes.', {
      image: '/pictures/missing.svg',
      readAfterMs: 45_000,
    }),
    order(21, { state: 'brand_new' }),
    notice(21, 'Your order is waiting for another shopper.', ['push']),
    fromShopper(22, 'My shift ends now, so Amida finishes your order. Frozen things go last!', {
      readAfterMs: 50_000,
    }),
    shopper(24, 'amida'),
    order(24, { state: 'picking' }),
    notice(24, 'Your shopper is picking your order.', ['sms', 'push']),
    fromShopper(25, 'Hi John, Amida here. I have Zelma’s cart and her notes.', {
      readAfterMs: 60_000,
    }),
    fromCustomer(27, 'Hello Amida, great!'),
    fromShopper(31, 'Oat milk only comes in the 64 oz carton today. All right?', {
      readAfterMs: 70_000,
    }),
    fromCustomer(33, 'Yes, that’s fine'),
    notice(34, 'Oat milk, 32 oz was replaced with oat milk, 64 oz.', ['sms', 'push']),
    fromShopper(
      38,
      'Everything is in the cart but the sourdough. A fresh batch comes out in ten minutes: shall I wait?',
      { readAfterMs: 40_000 },
    ),
    fromCustomer(39, 'If you have the time, yes please!'),
    fromShopper(40, 'Happy to. It smells wonderful in here.', { readAfterMs: 20_000 }),
    fromShopper(46, 'Still warm.', { image: '/pictures/photo/bread.svg', readAfterMs: 30_000 }),
    fromCustomer(47, 'You’re the best. The side door is easiest for us.'),
    fromCustomer(49.5, 'And the bell is broken, so a message works better.', {}),
  ],
};
