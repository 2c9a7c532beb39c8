import 'server-only';

const AWAY_MS = 1_000;

/** Runs a command, or says undefined where Redis did not answer, or is known not to. */
export type AskRedis = <T>(command: () => Promise<T>) => Promise<{ answer: T } | undefined>;

/**
 * So that not everyone waits for a Redis that does not answer: once a second a single command tries
 * whether it is back, and the others go on without it.
 */
export function createRedisGate(now: () => number): AskRedis {
  let isAway = false;
  let tryAgainAtMs = -Infinity;

  return async function ask(command) {
    if (isAway && now() < tryAgainAtMs) return undefined;
    if (isAway) tryAgainAtMs = Infinity;
    try {
      const answer = await command();
      isAway = false;
      return { answer };
    } catch {
      isAway = true;
      tryAgainAtMs = now() + AWAY_MS;
      return undefined;
    }
  };
}
