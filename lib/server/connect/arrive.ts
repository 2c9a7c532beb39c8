import 'server-only';
import { isFields } from './fields';
import { toPickupPath } from './pickup';
import type { Write } from './write';
import { writeOnce, type NoAnswer } from './write-outcome';

// Tells the store that the customer has arrived. The store acts at once, so a call that may have arrived is never
// repeated.

const TOTAL_TIMEOUT_MS = 4_000;
const NOT_STAGED = 2001;
const NOT_PICKUP = 4001;

export type ArrivalOutcome =
  | { kind: 'arrived' }
  /** The order is not ready. */
  | { kind: 'not_ready' }
  | { kind: 'not_pickup' }
  /** Connect knows no such order, or no pickup of it: both have the same code. */
  | { kind: 'not_found' }
  | NoAnswer;

/** Faults of Connect or of the network are outcomes, not errors. */
export type RecordArrival = (orderId: string, userId: string) => Promise<ArrivalOutcome>;

/** https://docs.instacart.com/connect/api/post_checkout/pickup/record_user_arrival */
export function createArrivalRecorder(write: Write): RecordArrival {
  return function recordArrival(orderId, userId) {
    const path = toPickupPath(orderId, 'user_arrived');
    return writeOnce<ArrivalOutcome>(
      write,
      { method: 'POST', path, body: {} },
      { userId, timeoutMs: TOTAL_TIMEOUT_MS },
      { accept, refuse },
    );
  };
}

// Not established: what `success: false` means, which the documentation lists beside the errors.
function accept(body: unknown): ArrivalOutcome | undefined {
  return isFields(body) && body['success'] === false ? undefined : { kind: 'arrived' };
}

function refuse(status: number, codes: readonly (number | null)[]): ArrivalOutcome | undefined {
  if (codes.includes(NOT_STAGED)) return { kind: 'not_ready' };
  if (status === 404) return { kind: 'not_found' };
  return status === 400 && codes.includes(NOT_PICKUP) ? { kind: 'not_pickup' } : undefined;
}
