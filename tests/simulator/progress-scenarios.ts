import { dayMs, hourMs, minuteMs } from './clock';
import { toEventSteps } from './order-events';
import { inMinutes, type Script, type Step } from './order-script';
import { toScenario, type Scenario } from './scenario';
import { playStates, type FulfillmentType } from './state-machine';

const { fromShopper, fromCustomer } = inMinutes;

const shopping: [number, string][] = [
  [0, 'brand_new'],
  [3, 'acknowledged'],
  [5, 'picking'],
];
const paid: [number, string][] = [...shopping, [30, 'checkout'], [38, 'bags_check']];
const onTheWay: [number, string][] = [...paid, [40, 'staged'], [45, 'delivering']];
const greeting = [
  fromShopper(6, 'Hi John, Zelma here. I am at the store.', { readAfterMs: 60_000 }),
  fromCustomer(8, 'Hi Zelma! Bananas on the green side, please.'),
];
const secondGreeting = [
  ...greeting,
  fromShopper(47, 'Hi John, Amida here. About a quarter of an hour to go.'),
];

/** An order in one state, `ageMinutes` after it was placed, with a window of an hour. */
function inState(
  type: FulfillmentType,
  ageMinutes: number,
  states: [at: number, state: string][],
  steps: Step[] = [],
): Script {
  const startsInMs = 45 * minuteMs;
  return {
    ageMs: ageMinutes * minuteMs,
    steps: [
      ...playStates(type, minuteMs, states),
      inMinutes.order(0, { window: { startsInMs, endsInMs: startsInMs + hourMs } }),
      ...steps,
    ],
  };
}

const curbside = inMinutes.order(0, { pickupCategory: 'curbside' });
const staged: [number, string][] = [
  [0, 'brand_new'],
  [10, 'staged_for_delivery'],
  [15, 'waiting_for_delivery'],
  [30, 'acknowledged_for_delivery'],
];

/** Orders that stay in one state or had one event. */
export const progressScenarios: Scenario[] = [
  toScenario(
    'on-the-way',
    'delivery on the way with the second shopper, after a hand-over',
    inState('delivery', 50, onTheWay, secondGreeting),
  ),
  toScenario(
    'late',
    'delivery whose window has passed while it is being packed',
    inState(
      'delivery',
      150,
      [...shopping, [140, 'checkout']],
      [
        ...greeting,
        ...toEventSteps('late_delivery', 120 * minuteMs, {
          startsInMs: -75 * minuteMs,
          endsInMs: -15 * minuteMs,
        }),
      ],
    ),
  ),
  toScenario(
    'rescheduled',
    'delivery that was rescheduled to tomorrow: received again, without a shopper',
    inState('delivery', 40, shopping, [
      ...greeting,
      ...toEventSteps('rescheduled', 35 * minuteMs, {
        startsInMs: dayMs,
        endsInMs: dayMs + hourMs,
      }),
    ]),
  ),
  toScenario(
    'customer-missing',
    'delivery at the door, where the shopper cannot find the customer (a notice only)',
    inState('delivery', 65, onTheWay, [
      ...secondGreeting,
      ...toEventSteps('customer_missing', 63 * minuteMs),
    ]),
  ),
  toScenario(
    'unknown-state',
    'delivery in a state that the documentation does not list',
    inState('delivery', 45, paid, [
      ...greeting,
      inMinutes.order(40, { state: 'receipt_sanity_check' }),
    ]),
  ),
  toScenario(
    'pickup-ready',
    'pickup, ready at the store',
    inState('pickup', 60, [...paid, [50, 'ready_for_pickup']], [...greeting, curbside]),
  ),
  toScenario(
    'pickup-no-runner',
    'pickup whose customer has arrived and must go inside (a notice only)',
    inState(
      'pickup',
      80,
      [...paid, [50, 'ready_for_pickup'], [70, 'user_at_store'], [71, 'runner_awaiting']],
      [...greeting, curbside, ...toEventSteps('runner_not_found', 78 * minuteMs)],
    ),
  ),
  toScenario(
    'last-mile',
    'last-mile delivery on the way: progress without a chat',
    inState('last_mile_delivery', 60, [
      ...staged,
      [40, 'at_store'],
      [48, 'bags_verified'],
      [50, 'delivering'],
    ]),
  ),
];
