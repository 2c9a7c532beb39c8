import 'server-only';
import { Problem } from '@/lib/order/problem';

// Timeouts that fire reliably, also when objects are garbage-collected meanwhile.

/**
 * Runs `work` with a signal that aborts after `timeoutMs`, or with `outer`. AbortSignal.any is no replacement: on
 * Node 20 its timeout signal can be garbage-collected and then never fires.
 */
export async function withTimeout<T>(
  outer: AbortSignal,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (reason: unknown) => controller.abort(reason);
  const abortWithOuter = () => abort(outer.reason);
  if (outer.aborted) abortWithOuter();
  outer.addEventListener('abort', abortWithOuter, { once: true });
  const timer = setTimeout(() => abort(new DOMException('', 'TimeoutError')), timeoutMs);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', abortWithOuter);
  }
}

/**
 * Settles as `promise` does, or rejects with Problem upstream_timeout once `signal` has aborted. The work continues
 * for other callers; its late rejection is handled here, because an unhandled one would end the process.
 */
export function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new Problem('upstream_timeout'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
