import 'server-only';
import type { MarkRead } from '@/lib/server/connect/mark-read';

/** Throws what `MarkRead` throws. */
export type MarkReadOnce = MarkRead;

/** Joins concurrent calls of the same order and customer into one call to Connect; all get its outcome. */
export function createMarkReadOnce(
  markRead: MarkRead,
  /** Called once per successful call to Connect. */
  onMarked: (orderId: string, userId: string) => void,
): MarkReadOnce {
  const inFlight = new Map<string, Promise<void>>();

  return async function markReadOnce(orderId, userId) {
    const key = JSON.stringify([userId, orderId]);
    const pending =
      inFlight.get(key) ??
      markRead(orderId, userId)
        .then(() => onMarked(orderId, userId))
        .finally(() => inFlight.delete(key));
    inFlight.set(key, pending);
    return pending;
  };
}
