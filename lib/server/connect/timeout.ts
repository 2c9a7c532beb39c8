import 'server-only';
import { Problem } from '@/lib/order/problem';

// Ends that come whatever happens to those who wait for them.

/**
 * Runs `work` under a signal that fires after `limitMs`, or with `outer`. Not by AbortSignal.any: on Node 20
 * that does not keep its time-out from being collected as garbage, and then it never fires.
 */
export async function withTimeout<T>(
  outer: AbortSignal,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const end = (reason: unknown) => controller.abort(reason);
  const endWithOuter = () => end(outer.reason);
  if (outer.aborted) endWithOuter();
  outer.addEventListener('abort', endWithOuter, { once: true });
  const timer = setTimeout(() => end(new DOMException('', 'TimeoutError')), timeoutMs);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', endWithOuter);
  }
}

/**
 * Settles as `promise` does, or rejects with Problem upstream_timeout once `signal` has aborted. The work goes on
 * for other callers; its late rejection counts as handled, since an unhandled one would end the process.
 */
export function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new Problem('upstream_timeout'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
