import { dayMs, hourMs, minuteMs } from './clock';
import { documentedExample } from './documented-example';
import { composeHostileBody, hostileOrder } from './hostile-scenario';
import { itemScenarios } from './item-scenarios';
import { liveScenarios } from './live-progress-scenarios';
import { liveScript } from './live-scenario';
import { longScript } from './long-scenario';
import { inMinutes, type Script } from './order-script';
import { pickupScenarios } from './pickup-scenarios';
import { progressScenarios } from './progress-scenarios';
import { toScenario, type Scenario } from './scenario';
import { shoppingScript } from './shopping-scenario';

const { notice, shopper, fromShopper, fromCustomer, delivered, cancelled, order } = inMinutes;

const waiting: Script = {
  ageMs: 4 * minuteMs,
  steps: [
    order(0, { state: 'brand_new' }),
    notice(0, 'We have your order. Thank you!', ['sms', 'email']),
    notice(3, 'We are looking for a shopper near your store.', ['push']),
  ],
};

/** An order picked in the evening and delivered the next day, two hours ago. */
const deliveredScript: Script = {
  ageMs: 21 * hourMs,
  steps: [
    order(0, { state: 'brand_new', window: inMinutesFromNow(18 * 60, 20 * 60) }),
    notice(0, 'We have your order. Thank you!', ['sms', 'email']),
    shopper(20, 'rosalind'),
    order(20, { state: 'picking' }),
    notice(20, 'Your shopper is picking your order.', ['sms', 'push']),
    fromShopper(22, 'Good evening, Rosalind here. I have your list and a warm jacket.', {
      readAfterMs: 60_000,
    }),
    fromCustomer(24, 'Hi Rosalind! Could you pick bananas that are still a little green?'),
    fromShopper(27, 'These?', { image: '/pictures/photo/bananas.svg', readAfterMs: 40_000 }),
    fromCustomer(28, 'Exactly these.'),
    fromShopper(
      49,
      'All packed, and the cold things sleep in the fridge. Amida brings it tomorrow.',
      {
        readAfterMs: 90_000,
      },
    ),
    fromCustomer(51, 'Great, thank you and good night!'),
    order(52, { state: 'staged' }),
    shopper(18 * 60 + 20, 'amida'),
    order(18 * 60 + 20, { state: 'delivering' }),
    notice(18 * 60 + 20, 'Your order is on its way.', ['sms', 'push']),
    fromShopper(18 * 60 + 22, 'Good morning John, Amida here. About half an hour to go.', {
      readAfterMs: 120_000,
    }),
    fromCustomer(18 * 60 + 25, 'Morning! The side door is best.'),
    fromShopper(18 * 60 + 58, 'By the side door, in the shade. Enjoy!', {
      image: '/pictures/photo/doorstep.svg',
    }),
    delivered(19 * 60),
    notice(19 * 60, 'Your order was delivered. Enjoy!', ['sms', 'push', 'email']),
  ],
};

const cancelledScript: Script = {
  ageMs: 100 * minuteMs,
  steps: [
    notice(0, 'We have your order. Thank you!', ['sms', 'email']),
    order(0, { state: 'brand_new', window: inMinutesFromNow(60, 120) }),
    shopper(12, 'rosalind'),
    order(12, { state: 'picking' }),
    notice(12, 'Your shopper is picking your order.', ['sms', 'push']),
    fromShopper(14, 'Hi John, Rosalind here. I am at the store now.', { readAfterMs: 30_000 }),
    fromCustomer(31, 'So sorry, our plans changed and we are leaving tonight. Can I still cancel?'),
    fromShopper(33, 'No trouble at all. I will put everything back. Safe travels!', {
      readAfterMs: 20_000,
    }),
    cancelled(40),
    notice(40, 'Your order was cancelled. You will not be charged.', ['sms', 'push', 'email']),
  ],
};

const scenarios: Scenario[] = [
  toScenario(
    'live',
    'starts at its first request: chat, hand-over, delivery, expiry (3 min)',
    liveScript,
  ),
  ...liveScenarios,
  toScenario('waiting', 'accepted, without a shopper', waiting),
  toScenario('shopping', 'in the store, a full conversation with pictures', shoppingScript),
  toScenario('delivered', 'delivered two hours ago, still readable', deliveredScript),
  toScenario('cancelled', 'cancelled an hour ago, still readable', cancelledScript),
  toScenario('expired', 'delivered two days ago: the chat is removed', {
    ...deliveredScript,
    ageMs: 19 * hourMs + 2 * dayMs,
  }),
  toScenario('long', '1,000 messages in six hours', longScript),
  {
    orderId: 'no-shopper-info',
    summary:
      'shopper information is removed for this retailer: messages always 403, the order is readable',
    source: { kind: 'shopper-info-removed', script: shoppingScript },
  },
  {
    orderId: 'hostile',
    summary:
      'scripts, direction overrides, very long words and images of other hosts in every string',
    source: {
      kind: 'text',
      compose: (nowMs, pictureBase) => JSON.stringify(composeHostileBody(nowMs, pictureBase)),
      order: hostileOrder,
    },
  },
  {
    orderId: 'documented',
    summary: "the documentation's own example, byte for byte",
    source: { kind: 'text', compose: () => documentedExample },
  },
  ...itemScenarios,
  ...progressScenarios,
  ...pickupScenarios,
];

/** An id that starts with the id of a live order and `-` is a further live order with a separate time. */
export function findScenario(orderId: string): Scenario | undefined {
  const isLive = (id: string) => id.startsWith('live') && orderId.startsWith(`${id}-`);
  return (
    scenarios.find((scenario) => scenario.orderId === orderId) ??
    scenarios.findLast((scenario) => isLive(scenario.orderId))
  );
}

export function listScenarios(): Scenario[] {
  return scenarios;
}

function inMinutesFromNow(startsIn: number, endsIn: number) {
  return { startsInMs: startsIn * minuteMs, endsInMs: endsIn * minuteMs };
}
