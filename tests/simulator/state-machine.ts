import type { Medium, Step } from './order-script';
import type { ShopperKey } from './people';

export type FulfillmentType = 'delivery' | 'pickup' | 'last_mile_delivery';

type Transition = { state: string; notice?: string; media?: Medium[]; shopper?: ShopperKey };

const received: Transition = {
  state: 'brand_new',
  notice: 'We have your order. Thank you!',
  media: ['sms', 'email'],
};
const delivering: Transition = { state: 'delivering', notice: 'Your order is on its way.' };
const delivered: Transition = {
  state: 'delivered',
  notice: 'Your order was delivered. Enjoy!',
  media: ['sms', 'push', 'email'],
};
const inStore: Transition[] = [
  received,
  {
    state: 'acknowledged',
    notice: 'We have found a shopper for your order.',
    shopper: 'zelma',
  },
  { state: 'picking', notice: 'Your shopper is picking your order.' },
  {
    state: 'verifying_replacements',
    notice: 'Organic strawberries were replaced with raspberries.',
  },
  { state: 'checkout', notice: 'Your shopper is checking out.', media: ['push'] },
  { state: 'bags_check' },
];

// Not established: the order of states in pickup and last mile (the documentation lists them by meaning), and which
// states send a notice. A last-mile order has no chat, so it has no shopper here.
const sequences: Record<FulfillmentType, Transition[]> = {
  delivery: [...inStore, { state: 'staged' }, delivering, delivered],
  pickup: [
    ...inStore,
    { state: 'ready_for_pickup', notice: 'Your order is ready for pickup.' },
    { state: 'user_at_store' },
    { state: 'runner_awaiting' },
    {
      state: 'runner_acknowledged',
      notice: 'We are collecting your bags and will bring them to you.',
    },
    { state: 'bags_verified' },
    { ...delivered, notice: 'You have picked up your order. Enjoy!' },
  ],
  last_mile_delivery: [
    received,
    { state: 'staged_for_delivery' },
    { state: 'waiting_for_delivery' },
    { state: 'acknowledged_for_delivery', notice: 'We have found a driver for your order.' },
    { state: 'at_store' },
    { state: 'bags_verified' },
    delivering,
    delivered,
  ],
};

export function listFulfillmentTypes(): FulfillmentType[] {
  return ['delivery', 'pickup', 'last_mile_delivery'];
}

export function listStates(type: FulfillmentType): string[] {
  return sequences[type].map(({ state }) => state);
}

export function findNextState(type: FulfillmentType, state: unknown): string | undefined {
  const index = listStates(type).findIndex((known) => known === state);
  return index < 0 ? undefined : listStates(type)[index + 1];
}

/** The steps of an order that enters `state`: the state, its shopper and its notice, all at the same time. */
export function toStateSteps(
  type: FulfillmentType,
  state: string,
  atMs: number,
  previous?: unknown,
): Step[] {
  const transition = sequences[type].find((known) => known.state === state);
  if (!transition) throw new Error(`A ${type} order has no state ${state}`);
  const { notice, media = ['sms', 'push'] } = transition;
  // A staged order is delivered by a second shopper.
  const isHandOver = type === 'delivery' && previous === 'staged' && state === 'delivering';
  const shopper = isHandOver ? 'amida' : transition.shopper;
  const steps: Step[] = [{ kind: 'order', atMs, changes: { state } }];
  // It is not established that a shopper leaves metadata when an order starts anew.
  if (state === 'brand_new' && previous !== undefined) steps.push({ kind: 'unassigned', atMs });
  if (shopper) steps.push({ kind: 'shopper', atMs, shopper });
  if (state === 'delivered') steps.push({ kind: 'delivered', atMs });
  if (notice !== undefined) steps.push({ kind: 'notice', atMs, body: notice, media });
  return steps;
}

/** The steps of an order that enters each state at its time, in units of `unitMs`. */
export function playStates(
  type: FulfillmentType,
  unitMs: number,
  states: [at: number, state: string][],
): Step[] {
  const steps: Step[] = [{ kind: 'order', atMs: 0, changes: { type } }];
  let previous: string | undefined;
  for (const [at, state] of states) {
    steps.push(...toStateSteps(type, state, at * unitMs, previous));
    previous = state;
  }
  return steps;
}
