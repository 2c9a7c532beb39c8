import { minuteMs } from './clock';
import { inSeconds, type Script } from './order-script';

const { notice, shopper, fromShopper, fromCustomer, delivered, order, item } = inSeconds;

/** A whole order in less than three minutes. It returns to an earlier step once and repeats a notice. */
export const liveScript: Script = {
  ageMs: 0,
  leapAtMs: 170_000,
  steps: [
    item(30, '1', { status: 'FOUND' }),
    item(34, '2', {
      status: 'REPLACED',
      replacementStatus: 'PENDING',
      replacement: { name: 'Raspberries, 6 oz', image: '/pictures/photo/berries.svg' },
    }),
    item(56, '3', { status: 'FOUND' }),
    item(58, '6', { status: 'TO_REFUND' }),
    item(80, '4', { status: 'FOUND' }),
    item(84, '5', { status: 'FOUND' }),
    notice(0, 'We have your order. Thank you!', ['sms', 'email']),
    shopper(0, 'zelma'),
    order(0, { state: 'acknowledged', window: { startsInMs: 0, endsInMs: 60 * minuteMs } }),
    order(1, { state: 'picking' }),
    notice(1, 'Your shopper is picking your order.', ['sms', 'push']),
    fromShopper(3, 'Hi John, I’m Zelma and I’m shopping for you today. Anything to look out for?', {
      readAfterMs: 5_000,
    }),
    fromCustomer(11, 'Hi Zelma! Bananas on the green side, please.'),
    fromShopper(18, 'Two or three ripe ones for tomorrow as well?', { readAfterMs: 3_000 }),
    fromCustomer(21, 'Yes, good idea.'),
    fromShopper(25, 'Will these do?', {
      image: '/pictures/photo/bananas.svg',
      readAfterMs: 4_000,
    }),
    fromCustomer(31, 'Perfect, thank you'),
    fromShopper(
      38,
      'They’re out of organic strawberries. Is the conventional kind OK, or would you rather have raspberries?',
      { image: '/pictures/photo/berries.svg', readAfterMs: 6_000 },
    ),
    fromCustomer(47, 'Raspberries, please. And thanks for asking 🙂'),
    notice(53, 'Organic strawberries were replaced with raspberries.', ['sms', 'push']),
    order(60, { state: 'checkout' }),
    notice(60, 'Your shopper is checking out.', ['push']),
    fromShopper(66, 'One moment: an egg is broken. I’m going back for another box.', {
      readAfterMs: 4_000,
    }),
    order(69, { state: 'picking' }),
    notice(69, 'Your shopper is picking your order.', ['sms', 'push']),
    fromCustomer(75, 'Thanks for checking!'),
    fromShopper(83, 'All twelve whole. And the bread is still warm.', {
      image: '/pictures/photo/bread.svg',
      readAfterMs: 5_000,
    }),
    order(89, { state: 'checkout' }),
    notice(89, 'Your shopper is checking out.', ['push']),
    fromShopper(94, 'All bagged. Amida brings it to you. Bye John!', { readAfterMs: 3_000 }),
    order(94, { state: 'staged' }),
    shopper(100, 'amida'),
    order(100, { state: 'delivering' }),
    notice(100, 'Your order is on its way.', ['sms', 'push']),
    fromShopper(105, 'Hi John, Amida here. Five minutes to go. Where shall I leave it?', {
      readAfterMs: 3_000,
    }),
    fromCustomer(112, 'By the side door, please. The bell is broken.'),
    fromShopper(119, 'Side door, no bell. Got it.', { readAfterMs: 3_000 }),
    fromCustomer(126, 'Thank you both!'),
    fromShopper(135, 'Here it is, in the shade. Have a lovely day!', {
      image: '/pictures/photo/doorstep.svg',
    }),
    delivered(140),
    notice(140, 'Your order was delivered. Enjoy!', ['sms', 'push', 'email']),
  ],
};
