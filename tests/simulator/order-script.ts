import { minuteMs, secondMs } from './clock';
import type { OrderChanges } from './order-changes';
import type { ItemChanges, ItemLine } from './item-line';
import type { ShopperKey } from './people';

export type Medium = 'sms' | 'push' | 'email' | 'call' | 'in_app_message';

/** An event of an order, `atMs` after its start. */
export type Step = { atMs: number } & (
  | { kind: 'shopper'; shopper: ShopperKey }
  | { kind: 'notice'; body: string; media: Medium[]; image?: string }
  | {
      kind: 'message';
      from: 'user' | 'driver';
      body: string;
      shopper?: ShopperKey;
      /** A path at the simulator's origin, or an absolute URL. */
      image?: string;
      /** Time until the recipient reads the message; without a value the message stays unread. */
      readAfterMs?: number;
    }
  /** The order has no shopper any more. */
  | { kind: 'unassigned' }
  | { kind: 'order'; changes: OrderChanges }
  /** Replaces all lines of the order. */
  | { kind: 'items'; lines: ItemLine[] }
  | { kind: 'item'; itemId: string; changes: ItemChanges }
  | { kind: 'delivered' }
  | { kind: 'cancelled' }
);

export type Script = {
  /** The age of the order at its first request. */
  ageMs: number;
  steps: Step[];
  /** At this time the order's time moves forward by more than the day for which Connect keeps the chat. */
  leapAtMs?: number;
};

type Extras = { image?: string; readAfterMs?: number };

/** Functions that create steps. Their first argument is a time in units of `unitMs`. */
export function createStepMakers(unitMs: number) {
  return {
    shopper: (at: number, shopper: ShopperKey): Step => ({
      kind: 'shopper',
      atMs: at * unitMs,
      shopper,
    }),
    notice: (at: number, body: string, media: Medium[]): Step => ({
      kind: 'notice',
      atMs: at * unitMs,
      body,
      media,
    }),
    fromShopper: (at: number, body: string, extras: Extras = {}): Step => ({
      kind: 'message',
      from: 'driver',
      atMs: at * unitMs,
      body,
      ...extras,
    }),
    fromCustomer: (at: number, body: string, extras: Extras = { readAfterMs: 4_000 }): Step => ({
      kind: 'message',
      from: 'user',
      atMs: at * unitMs,
      body,
      ...extras,
    }),
    order: (at: number, changes: OrderChanges): Step => ({
      kind: 'order',
      atMs: at * unitMs,
      changes,
    }),
    item: (at: number, itemId: string, changes: ItemChanges): Step => ({
      kind: 'item',
      atMs: at * unitMs,
      itemId,
      changes,
    }),
    delivered: (at: number): Step => ({ kind: 'delivered', atMs: at * unitMs }),
    cancelled: (at: number): Step => ({ kind: 'cancelled', atMs: at * unitMs }),
  };
}

export const inMinutes = createStepMakers(minuteMs);
export const inSeconds = createStepMakers(secondMs);
