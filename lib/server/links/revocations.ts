import 'server-only';
import { purposeHash } from '@/lib/server/config/keyed-hash';
import type { LinkKeys } from '@/lib/server/config/link-keys';

// Revoked orders: a sorted set in Redis, scored by the end of the revocation, of which every instance keeps a copy. It
// holds one keyed hash per order and link key, so that rotating keys does not end a revocation.

const REVOKED_KEY = 'order-status:revoked';

/** The commands of Redis on sorted sets. */
type Store = {
  zadd(key: string, ...scoresAndMembers: (string | number)[]): Promise<unknown>;
  zrem(key: string, ...members: string[]): Promise<number>;
  zrangebyscore(key: string, min: number, max: '+inf'): Promise<string[]>;
  zremrangebyscore(key: string, min: '-inf', max: number): Promise<unknown>;
};

export type Revocations = {
  /** Whether the copy in memory lists the order. */
  has(orderId: string): boolean;
  /** Age of the copy; before the first copy, the time since the start. */
  ageMs(): number;
  /** Updates the copy. Rejects if Redis does not reply; the last copy then stays in force. */
  refresh(): Promise<void>;
  /** Rejects if Redis does not reply. */
  revoke(orderId: string, untilMs: number): Promise<void>;
  /** Ends the revocation; false if the order was not revoked. Rejects if Redis does not reply. */
  restore(orderId: string): Promise<boolean>;
};

/** The copy of the list, and when it was read, in ms since the epoch; before that, when the copy was created. */
export type RevokedCopy = { hashes: ReadonlySet<string>; readAtMs: number };

export function createRevokedCopy(now: () => number): RevokedCopy {
  return { hashes: new Set(), readAtMs: now() };
}

/**
 * `linkKeys`: all instances must have one key in common. `now`: ms since the epoch. `copy` counts until Redis has replied, and each
 * reading of the list updates it.
 */
export function createRevocations(
  store: Store,
  linkKeys: LinkKeys,
  now: () => number,
  copy: RevokedCopy = createRevokedCopy(now),
): Revocations {
  function toHashes(orderId: string): string[] {
    return linkKeys.map(({ key }) =>
      purposeHash(key, 'revoked order', orderId).toString('base64url'),
    );
  }

  return {
    has: (orderId) =>
      copy.hashes.size > 0 && toHashes(orderId).some((hash) => copy.hashes.has(hash)),

    ageMs: () => now() - copy.readAtMs,

    async refresh() {
      copy.hashes = new Set(await store.zrangebyscore(REVOKED_KEY, now(), '+inf'));
      copy.readAtMs = now();
    },

    async revoke(orderId, untilMs) {
      await store.zadd(REVOKED_KEY, ...toHashes(orderId).flatMap((hash) => [untilMs, hash]));
      await store.zremrangebyscore(REVOKED_KEY, '-inf', now());
    },

    async restore(orderId) {
      return (await store.zrem(REVOKED_KEY, ...toHashes(orderId))) > 0;
    },
  };
}
