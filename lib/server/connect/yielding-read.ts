import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { Attempts } from './attempts';
import { createBulkhead } from './bulkhead';
import type { Read } from './read';
import { readErrorCodes } from './schema';

// Reads of the details of an order. The messages matter more, so these calls yield to them: they are not retried, never
// wait for the rate, and each operation uses a quarter of the connections.

const TIMEOUT_MS = 4_000;
const MAX_CONCURRENT = 16;

/**
 * `refused`: Connect does not let this customer's token read it. `failed`: no usable response. `skipped`: no call was
 * made, because Connect throttles or fails, or too many calls are in progress.
 */
export type YieldingResult<T> =
  { kind: 'read'; value: T } | { kind: 'refused' } | { kind: 'failed' | 'skipped' };

/** Faults of Connect are results, not errors. */
export type YieldingRead<T> = (path: string, userId: string) => Promise<YieldingResult<T>>;

/** `parse` returns undefined for a body that cannot be used. */
export function createYieldingRead<T>(
  read: Read,
  { createYieldingAttempt }: Pick<Attempts, 'createYieldingAttempt'>,
  parse: (body: unknown) => T | undefined | Promise<T | undefined>,
): YieldingRead<T> {
  const runBounded = createBulkhead(MAX_CONCURRENT, () => undefined);
  const attemptYielding = createYieldingAttempt();

  async function readOnce(path: string, userId: string): Promise<YieldingResult<T>> {
    try {
      const response = await read(path, userId, attemptYielding, { timeoutMs: TIMEOUT_MS });
      if (!response) return { kind: 'skipped' };
      const { status, body } = response;
      if (status !== 200) return { kind: isRefusal(status, body) ? 'refused' : 'failed' };
      const value = await parse(body);
      return value === undefined ? { kind: 'failed' } : { kind: 'read', value };
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return { kind: problem.accessRefused ? 'refused' : 'failed' };
    }
  }

  return (path, userId) =>
    runBounded(() => readOnce(path, userId)).catch((problem: unknown) => {
      if (!(problem instanceof Problem)) throw problem;
      return { kind: 'skipped' };
    });
}

// Which status a missing scope has is not documented. A 404 without Connect's error body was sent by a proxy in between.
function isRefusal(status: number, body: unknown): boolean {
  if (status === 404) return readErrorCodes(body).length > 0;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
