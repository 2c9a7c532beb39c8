import 'server-only';
import { Problem } from '@/lib/order/problem';

// Ends that come whatever happens to those who wait for them.

/**
 * Runs `work` under a signal that fires after `limitMs`, or with `outer`. Not by AbortSignal.any: on Node 20
 * that does not keep its time-out from being collected as garbage, and then it never fires.
 */
export async function limitTime<T>(
  outer: AbortSignal,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const end = (reason: unknown) => controller.abort(reason);
  const endWithOuter = () => end(outer.reason);
  if (outer.aborted) endWithOuter();
  outer.addEventListener('abort', endWithOuter, { once: true });
  const timer = setTimeout(() => end(new DOMException('', 'TimeoutError')), limitMs);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', endWithOuter);
  }
}

/** What `promise` goes on to for others is not waited for here when the time is up. */
export function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(new Problem('upstream_timeout'));
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Problem('upstream_timeout')), { once: true });
    promise.then(resolve, reject);
  });
}
