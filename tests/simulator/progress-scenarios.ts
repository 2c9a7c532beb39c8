import { dayMs, hourMs, minuteMs } from './clock';
import { greeting, inState, paid, shopping, type StateTimes } from './in-state';
import { toEventSteps } from './order-events';
import { inMinutes } from './order-script';
import { toScenario, type Scenario } from './scenario';

const { fromShopper } = inMinutes;

const onTheWay: StateTimes = [...paid, [40, 'staged'], [45, 'delivering']];
const secondGreeting = [
  ...greeting,
  fromShopper(47, 'Hi John, Amida here. About a quarter of an hour to go.'),
];

const staged: StateTimes = [
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
