import 'server-only';

const OPEN_MS = 1_000;

/** Runs a command, or says undefined where Redis did not answer, or is known not to. */
export type RedisCircuitBreaker = <T>(
  command: () => Promise<T>,
) => Promise<{ answer: T } | undefined>;

/**
 * So that not everyone waits for a Redis that does not answer: once a second a single command tries
 * whether it is back, and the others go on without it.
 */
export function createRedisCircuitBreaker(now: () => number): RedisCircuitBreaker {
  let isOpen = false;
  let probeAtMs = -Infinity;

  return async function ask(command) {
    if (isOpen && now() < probeAtMs) return undefined;
    if (isOpen) probeAtMs = Infinity;
    try {
      const answer = await command();
      isOpen = false;
      return { answer };
    } catch {
      isOpen = true;
      probeAtMs = now() + OPEN_MS;
      return undefined;
    }
  };
}
