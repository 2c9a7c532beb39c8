import { minuteMs, secondMs } from './clock';
import type { ShopperKey } from './people';

export type Medium = 'sms' | 'push' | 'email' | 'call' | 'in_app_message';

/** One thing that happens to an order, `atMs` after it began. */
export type Step = { atMs: number } & (
  | { kind: 'shopper'; shopper: ShopperKey }
  | { kind: 'notice'; body: string; media: Medium[]; image?: string }
  | {
      kind: 'message';
      from: 'user' | 'driver';
      body: string;
      shopper?: ShopperKey;
      /** A path below the simulator's own origin, or a whole URL. */
      image?: string;
      /** Absent: the recipient never reads it. */
      readAfterMs?: number;
    }
  | { kind: 'delivered' }
  | { kind: 'cancelled' }
);

export type Script = {
  /** How much of the order has already happened when someone first asks for it. */
  ageMs: number;
  steps: Step[];
  /** When reached, this order's own time leaps beyond the day for which its chat is kept. */
  leapAtMs?: number;
};

type Extras = { image?: string; readAfterMs?: number };

/** Step makers whose first argument counts in `unitMs`, so that a scenario reads like a timetable. */
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
    delivered: (at: number): Step => ({ kind: 'delivered', atMs: at * unitMs }),
    cancelled: (at: number): Step => ({ kind: 'cancelled', atMs: at * unitMs }),
  };
}

export const inMinutes = createStepMakers(minuteMs);
export const inSeconds = createStepMakers(secondMs);
