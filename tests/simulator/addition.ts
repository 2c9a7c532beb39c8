import type { Medium, Step } from './order-script';
import type { ShopperKey } from './people';

/** An event that a test adds to an order now. */
export type Addition =
  | { from: 'user' | 'driver'; body: string; shopper?: ShopperKey; image?: string }
  | { notice: { body: string; media: Medium[]; image?: string } }
  | { handOverTo: ShopperKey }
  | { ended: 'delivered' | 'cancelled' };

export function toAddedStep(addition: Addition, atMs: number): Step {
  if ('notice' in addition) return { kind: 'notice', atMs, ...addition.notice };
  if ('handOverTo' in addition) return { kind: 'shopper', atMs, shopper: addition.handOverTo };
  if ('ended' in addition) return { kind: addition.ended, atMs };
  return { kind: 'message', atMs, ...addition };
}
