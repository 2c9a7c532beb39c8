import { hourMs, minuteMs } from './clock';
import { inMinutes, type Script, type Step } from './order-script';
import { playStates, type FulfillmentType } from './state-machine';

const { fromShopper, fromCustomer } = inMinutes;

export type StateTimes = [at: number, state: string][];

export const shopping: StateTimes = [
  [0, 'brand_new'],
  [3, 'acknowledged'],
  [5, 'picking'],
];
export const paid: StateTimes = [...shopping, [30, 'checkout'], [38, 'bags_check']];
export const greeting = [
  fromShopper(6, 'Hi John, Zelma here. I am at the store.', { readAfterMs: 60_000 }),
  fromCustomer(8, 'Hi Zelma! Bananas on the green side, please.'),
];

/** An order in one state, `ageMinutes` after it was placed, with a window of an hour. */
export function inState(
  type: FulfillmentType,
  ageMinutes: number,
  states: StateTimes,
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
