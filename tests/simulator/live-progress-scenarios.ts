import { hourMs, minuteMs, secondMs } from './clock';
import { toEventSteps } from './order-events';
import { inSeconds } from './order-script';
import { toScenario, type Scenario } from './scenario';
import { playStates } from './state-machine';

const liveWindow = inSeconds.order(0, {
  window: { startsInMs: minuteMs, endsInMs: hourMs },
});

/** Live orders of the three types, which pass through all states of their type. */
export const liveScenarios: Scenario[] = [
  toScenario(
    'live-delivery',
    'a delivery that passes through all its states from its first request and asks for one decision (3 min)',
    {
      ageMs: 0,
      steps: [
        ...playStates('delivery', secondMs, [
          [0, 'brand_new'],
          [12, 'acknowledged'],
          [24, 'picking'],
          [35, 'verifying_replacements'],
          [60, 'picking'],
          [90, 'checkout'],
          [97, 'bags_check'],
          [105, 'staged'],
          [120, 'delivering'],
          [165, 'delivered'],
        ]),
        liveWindow,
        inSeconds.item(30, '1', { status: 'FOUND' }),
        inSeconds.item(34, '2', {
          status: 'REPLACED',
          replacementStatus: 'PENDING',
          replacement: { name: 'Raspberries, 6 oz', image: '/pictures/photo/berries.svg' },
        }),
        inSeconds.item(65, '3', { status: 'TO_REFUND' }),
        inSeconds.fromShopper(28, 'Hi John, I’m Zelma. Anything to look out for?', {
          readAfterMs: 4_000,
        }),
        inSeconds.fromCustomer(31, 'Bananas on the green side, please.'),
        inSeconds.fromShopper(36, 'Are raspberries instead of strawberries all right?', {
          image: '/pictures/photo/berries.svg',
        }),
        inSeconds.fromShopper(124, 'Hi John, Amida here, on my way to you.'),
        ...toEventSteps('customer_missing', 145 * secondMs),
        inSeconds.fromCustomer(152, 'Coming to the door!'),
      ],
    },
  ),
  toScenario(
    'live-pickup',
    'a pickup that passes through all its states from its first request, ready after a minute (3 min)',
    {
      ageMs: 0,
      steps: [
        ...playStates('pickup', secondMs, [
          [0, 'brand_new'],
          [12, 'acknowledged'],
          [24, 'picking'],
          [34, 'verifying_replacements'],
          [42, 'checkout'],
          [50, 'bags_check'],
          [60, 'ready_for_pickup'],
          [105, 'user_at_store'],
          [115, 'runner_awaiting'],
          [130, 'runner_acknowledged'],
          [150, 'bags_verified'],
          [165, 'delivered'],
        ]),
        liveWindow,
        inSeconds.order(0, { pickupCategory: 'curbside' }),
        inSeconds.fromShopper(28, 'Hi John, I’m Zelma. I have your list.', { readAfterMs: 4_000 }),
        inSeconds.fromCustomer(32, 'Great, see you at the store.'),
        inSeconds.fromShopper(62, 'All packed. The cold things are in the fridge.'),
      ],
    },
  ),
  // States without a notice last longer than the time after which the page reads the order again: 90 s without a chat.
  toScenario(
    'live-last-mile',
    'a last-mile delivery that passes through all its states, without a chat (6 min)',
    {
      ageMs: 0,
      steps: [
        ...playStates('last_mile_delivery', secondMs, [
          [0, 'brand_new'],
          [20, 'staged_for_delivery'],
          [60, 'waiting_for_delivery'],
          [90, 'acknowledged_for_delivery'],
          [110, 'at_store'],
          [130, 'bags_verified'],
          [240, 'delivering'],
          [350, 'delivered'],
        ]),
        liveWindow,
      ],
    },
  ),
];
