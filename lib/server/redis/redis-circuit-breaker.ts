import 'server-only';

const OPEN_MS = 1_000;

/** Runs a command and resolves with its reply; resolves with undefined if Redis does not reply. Never rejects. */
export type RedisCircuitBreaker = <T>(
  command: () => Promise<T>,
) => Promise<{ reply: T } | undefined>;

/**
 * Redis circuit breaker: while Redis does not reply, one command per second probes it, and all others resolve with
 * undefined at once instead of waiting for a timeout.
 */
export function createRedisCircuitBreaker(now: () => number): RedisCircuitBreaker {
  let isOpen = false;
  let probeAtMs = -Infinity;

  return async function run(command) {
    if (isOpen && now() < probeAtMs) return undefined;
    if (isOpen) probeAtMs = Infinity;
    try {
      const reply = await command();
      isOpen = false;
      return { reply };
    } catch {
      isOpen = true;
      probeAtMs = now() + OPEN_MS;
      return undefined;
    }
  };
}
