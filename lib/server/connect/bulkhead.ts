import 'server-only';
import { Problem } from '@/lib/order/problem';

const RETRY_AFTER_MS = 2_000;

/** Runs at most `max` tasks concurrently. Rejects further tasks immediately with Problem upstream_unavailable. */
export function createBulkhead(max: number, onFull: () => void) {
  let busyCount = 0;
  return async function run<T>(work: () => Promise<T>): Promise<T> {
    if (busyCount >= max) {
      onFull();
      throw new Problem('upstream_unavailable', { retryAfterMs: RETRY_AFTER_MS });
    }
    busyCount += 1;
    try {
      return await work();
    } finally {
      busyCount -= 1;
    }
  };
}
