import 'server-only';
import { randomUUID } from 'node:crypto';
import type { CasStore } from './cas-store';

// One at a time under a name, on all instances. Who dies in turn loses it when the lease is over.

const LEASE_MS = 15_000;
const RETRY_MS = 150;

/** What gives the turn back; undefined if it did not come within `patienceMs`. */
export type AcquireLease = (
  name: string,
  timeoutMs: number,
) => Promise<(() => Promise<void>) | undefined>;

/** The turn under all of the names, which whoever shares some of them takes in the same order. */
export async function acquireLeases(
  acquireLease: AcquireLease,
  names: readonly string[],
  timeoutMs: number,
): ReturnType<AcquireLease> {
  const releases: (() => Promise<void>)[] = [];
  const releaseAll = async () => void (await Promise.all(releases.map((release) => release())));
  for (const name of names) {
    const release = await acquireLease(name, timeoutMs / names.length);
    if (!release) return releaseAll().then(() => undefined);
    releases.push(release);
  }
  return releaseAll;
}

export function createLeases(
  store: CasStore,
  wait: (delayMs: number) => Promise<unknown>,
): AcquireLease {
  return async function acquireLease(name, timeoutMs) {
    const holder = randomUUID();
    for (let waitedMs = 0; waitedMs <= timeoutMs; waitedMs += RETRY_MS) {
      if (waitedMs > 0) await wait(RETRY_MS);
      if (await store.compareAndSet(name, undefined, holder, LEASE_MS))
        return () => store.deleteIfEquals(name, holder);
    }
    return undefined;
  };
}
