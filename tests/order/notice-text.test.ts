import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasSameMeaning, toSentences } from '@/lib/order/notice-text';
import { toUpdates } from '@/lib/order/updates';
import { htmlToText } from '@/lib/server/orders/html-to-text';
import { cleanText } from '@/lib/order/clean-text';

const START_MS = Date.parse('2026-11-20T18:00:00Z');
let nextId = 1;

function notice(seconds: number, medium: string, body: string) {
  const at = new Date(START_MS + seconds * 1_000).toISOString();
  return { id: String(nextId++), at, medium, body: cleanText(htmlToText(body)) };
}

const PUSH = 'Your order is on its way!';

test.each([
  'Your order is on its way! Track it: https://ic.example/t/abc Reply STOP to opt out.',
  'Your order is on its way! https://ic.example/t/abc Reply STOP to unsubscribe, HELP for help. Msg & data rates may apply.',
  'Fresh Market: Your order is on its way: ic.example/t/abc\nText STOP to end',
  'Your order is on its way Reply STOP to opt out',
  'Hi Ada, your order is on its way! We will text you when it is close.',
  '<html><head><style>p{}</style></head><body><p>Hi Ada,</p><p>Your <b>order</b> is on its way!</p><a href="https://ic.example">Track your order</a></body></html>',
  'YOUR ORDER IS ON ITS WAY',
  'Your order is on its way! (reply STOP to opt out)',
  'Your order is on its way STOP to opt-out',
  'Your order is on its way STOP to opt out HELP for help',
  'Your order is on its way! Stop2End',
  'Your order is on its way! Txt Stop2End',
  'Your order is on its way HELP4help STOP2quit',
  'Your order is on its way! Reply STOP to cancel, HELP for help',
  'Your order is on its way! Reply “STOP” to cancel.',
  'Your order is on its way! STOP au 36180',
  '🚚 Your order is on its way!',
  '🏃🏽‍♀️ Your order is on its way! 🎉',
])('an SMS, push and e-mail of one event are one update with the shortest text: %j', (body) => {
  for (const order of [0, 1]) {
    const [update, ...others] = toUpdates([
      notice(order, 'push', PUSH),
      notice(1 - order, 'sms', body),
    ]);
    expect(others).toEqual([]);
    expect(update?.media.length).toBe(2);
    expect(update?.body.length).toBeLessThanOrEqual(PUSH.length);
  }
});

// Texts of different events that may occur within one minute.
const distinct = [
  ...['Delivered', 'Delivered to neighbour', 'Delivered to your door', 'Your order was delivered.'],
  ...[
    'Oat milk was refunded.',
    'Milk was refunded.',
    '2 items were refunded',
    '12 items were refunded',
  ],
  ...['Refunded: milk', 'Refunded: milk, eggs', 'Your order', 'Your order is on its way.'],
  ...[
    'Your order is late.',
    'Your order is not late.',
    'Robin replaced milk',
    'Robin replaced milk 2%',
  ],
  ...['Your shopper is Robin.', 'Your shopper is Robin B.', 'Please STOP by the store', 'Thanks!'],
  ...[
    'Order #1 delivered https://a.example/1',
    'Order #2 delivered https://a.example/1',
    '订单',
    '订单已送达',
  ],
  ...['Your order was not delivered.', 'Not delivered', 'Stop to pick up eggs', 'Pick up eggs'],
  ...['✅ Milk was found', '❌ Milk was found', 'Robin had to stop', 'Robin had to stop to help'],
];

test('distinct events are not merged, for any media, order and distance in time', () => {
  const sent = fc.record({
    body: fc.constantFrom(...distinct),
    seconds: fc.integer({ min: 0, max: 59 }),
    medium: fc.constantFrom('sms', 'push', 'email'),
    tail: fc.constantFrom('', ' Reply STOP to opt out', ' https://a.example/t Text STOP to end'),
  });
  fc.assert(
    fc.property(fc.uniqueArray(sent, { maxLength: 6, selector: ({ body }) => body }), (all) => {
      const updates = toUpdates(
        all.map(({ body, seconds, medium, tail }) => notice(seconds, medium, body + tail)),
      );
      expect(updates).toHaveLength(all.length);
    }),
    { numRuns: 5_000 },
  );
}, 60_000);

test.each([
  ['Delivered', 'Delivered. Thank you!'],
  ['It’s here', "It's here"],
  ['Robin said “hello”.', 'Robin said "hello".'],
])('%j and %j on two media are one update', (one, other) => {
  expect(toUpdates([notice(0, 'push', one), notice(1, 'sms', other)])).toHaveLength(1);
  expect(toUpdates([notice(0, 'sms', other), notice(1, 'push', one)])).toHaveLength(1);
});

test.each([
  ['Stop to pick up eggs', 'stop to pick up eggs'],
  ['Thanks. Stop to pick up eggs', 'thanks\nstop to pick up eggs'],
  ['Robin had to stop to help a customer', 'robin had to stop to help a customer'],
])('%j has no opt-out', (text, sentences) => {
  expect(toSentences(text)).toBe(sentences);
});

test('other wording on the same medium, or more than one minute later, is another event', () => {
  const longer = `Hi Ada, ${PUSH}`;
  expect(toUpdates([notice(0, 'sms', PUSH), notice(5, 'sms', longer)])).toHaveLength(2);
  expect(toUpdates([notice(0, 'sms', PUSH), notice(61, 'push', longer)])).toHaveLength(2);
  expect(toUpdates([notice(0, 'sms', PUSH), notice(60, 'push', longer)])).toHaveLength(1);
});

test('a text that is only an address, or too long for a notice, equals no other text', () => {
  expect(toSentences('https://ic.example/t/abc')).toBe('');
  expect(hasSameMeaning('', '')).toBe(false);
  expect(toSentences('a. '.repeat(10_000))).toBe('');
});

test('twice as many hostile notices take about twice the time', () => {
  const cpuMs = (body: string, count: number) => {
    const notices = Array.from({ length: count }, (_, index) => ({
      ...{ id: String(index), at: '2026-11-20T18:00:00Z', medium: `m${index}` },
      body: `${body}${index}`,
    }));
    const startedAt = process.cpuUsage();
    toUpdates(notices);
    const { user, system } = process.cpuUsage(startedAt);
    return (user + system) / 1_000;
  };
  for (const seed of [
    'a',
    'a ',
    'a.',
    '. ',
    'a-',
    'reply ',
    'stop. ',
    'stop ',
    'stop to end ',
    'help for help ',
    '🎉',
    '(',
    'www.',
    'a.a/',
    ': ',
    '\n',
  ]) {
    const body = seed.repeat(9_000 / seed.length);
    cpuMs(body, 20);
    expect(cpuMs(body, 80), seed).toBeLessThan(3 * cpuMs(body, 40) + 100);
  }
});

test.each([
  ['Delivered. Thank you!', 'delivered\nthank you'],
  ['On  its\u00a0 way', 'on its way'],
  ['On its way. Track it: https://ic.example/t', 'on its way'],
  ['Out for delivery. Reply STOP to opt out', 'out for delivery'],
  ['a'.repeat(10_000), 'a'.repeat(10_000)],
  ['a'.repeat(10_001), ''],
])('the sentences of %.60j are %.60j', (whole, sentences) => {
  expect(toSentences(whole)).toBe(sentences);
});

test.each([
  ['on its way', 'on its way\nthanks', true],
  ['on its way', 'hi ada, on its way', true],
  ['on its way', 'robin is on its way to you\non its way', true],
  ['on its way', 'robin said on its way', false],
  ['on its way', 'on its way now', false],
  ['all done', 'fresh market: all done', false],
  ['delivered', 'delivered\nthank you', true],
  ['delivered', 'thank you\ndelivered', false],
])('%j and %j have the same meaning: %s', (one, other, expected) => {
  expect(hasSameMeaning(one, other)).toBe(expected);
  expect(hasSameMeaning(other, one)).toBe(expected);
});
