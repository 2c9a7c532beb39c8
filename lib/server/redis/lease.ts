import 'server-only';
import { randomUUID } from 'node:crypto';
import type { CasStore } from './cas-store';

// Leases: one holder per key across all instances. If the holder's process crashes, the lease expires.

const LEASE_MS = 15_000;
const RETRY_MS = 150;

/** Releases the lease. */
type Release = () => Promise<void>;

/** Resolves with the function that releases the lease, or with undefined if it was not free within `timeoutMs`. */
export type AcquireLease = (key: string, timeoutMs: number) => Promise<Release | undefined>;

/** Acquires the leases of all keys. Callers that share keys must pass them in the same order. */
export async function acquireLeases(
  acquireLease: AcquireLease,
  keys: readonly string[],
  timeoutMs: number,
): ReturnType<AcquireLease> {
  const releases: Release[] = [];
  const releaseAll = async () => void (await Promise.all(releases.map((release) => release())));
  for (const key of keys) {
    const release = await acquireLease(key, timeoutMs / keys.length);
    if (!release) return releaseAll().then(() => undefined);
    releases.push(release);
  }
  return releaseAll;
}

/** `store` holds the leases; `wait` pauses between attempts. */
export function createLeases(
  store: CasStore,
  wait: (delayMs: number) => Promise<unknown>,
): AcquireLease {
  return async function acquireLease(key, timeoutMs) {
    const holder = randomUUID();
    for (let waitedMs = 0; waitedMs <= timeoutMs; waitedMs += RETRY_MS) {
      if (waitedMs > 0) await wait(RETRY_MS);
      if (await store.compareAndSet(key, undefined, holder, LEASE_MS))
        return () => store.deleteIfEquals(key, holder);
    }
    return undefined;
  };
}
