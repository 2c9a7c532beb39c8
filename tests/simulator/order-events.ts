import { dayMs, hourMs, minuteMs } from './clock';
import type { OrderChanges, OrderWindow } from './order-changes';
import type { Medium, Step } from './order-script';

/** An event outside the sequence of states. Only some of them change the state or the window. */
export type OrderEvent =
  | 'rescheduled'
  | 'unassigned'
  | 'late_delivery'
  | 'canceled'
  | 'customer_missing'
  | 'unable_to_find_customer'
  | 'runner_not_found';

const tomorrow = { startsInMs: dayMs, endsInMs: dayMs + hourMs };
const pastWindow = { startsInMs: -hourMs, endsInMs: -minuteMs };

/** The steps of an event, all at the same time. `window` is relative to that time. */
export function toEventSteps(event: OrderEvent, atMs: number, window?: OrderWindow): Step[] {
  const toNotice = (body: string, media: Medium[] = ['sms', 'push']): Step => ({
    kind: 'notice',
    atMs,
    body,
    media,
  });
  const toOrder = (changes: OrderChanges): Step => ({ kind: 'order', atMs, changes });
  switch (event) {
    case 'rescheduled':
      return [
        toOrder({ state: 'brand_new', window: window ?? tomorrow }),
        { kind: 'unassigned', atMs },
        toNotice('Your order was rescheduled. The first available shopper will take it.'),
      ];
    case 'unassigned':
      return [
        toOrder({ state: 'brand_new' }),
        { kind: 'unassigned', atMs },
        toNotice('Your shopper can’t complete your order. We are looking for another one.'),
      ];
    // Not established: whether the window of the order changes when a new time is announced.
    case 'late_delivery':
      return [
        toOrder({ window: window ?? pastWindow }),
        toNotice('Your order is running late. We are sorry.'),
      ];
    case 'canceled':
      return [
        toOrder({ state: 'canceled' }),
        { kind: 'cancelled', atMs },
        toNotice('Your order was cancelled. You will not be charged.', ['sms', 'push', 'email']),
      ];
    // The documentation has no state for the following events, so they are notices only.
    case 'customer_missing':
      return [toNotice('Your shopper is at your door and can’t get a hold of you.')];
    case 'unable_to_find_customer':
      return [toNotice('We are unable to find you at the store.')];
    case 'runner_not_found':
      return [toNotice('Please pick up your order inside the store.')];
  }
}
