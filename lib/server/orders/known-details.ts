import 'server-only';
import type { SerializedItems } from './serialized-items';
import type { SerializedPickup } from './serialized-pickup';
import type { OrderDetails } from './to-order-progress';

/**
 * The details of an order beside its messages. `unreadable`: Connect refuses, or the setting forbids, to read the
 * order. `pending`: nothing is known yet. `isComplete`: the items are known or cannot be read.
 */
export type KnownDetails =
  | {
      kind: 'known';
      details: OrderDetails;
      seenOverAtMs: number | undefined;
      items: SerializedItems | undefined;
      pickup: SerializedPickup | undefined;
      isComplete: boolean;
    }
  | { kind: 'pending' }
  | { kind: 'unreadable' };
