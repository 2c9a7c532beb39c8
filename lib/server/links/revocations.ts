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

/** `linkKeys`: all instances must have one key in common. `now`: ms since the epoch. */
export function createRevocations(
  store: Store,
  linkKeys: LinkKeys,
  now: () => number,
): Revocations {
  let revokedHashes: ReadonlySet<string> = new Set();
  let readAtMs = now();

  function toHashes(orderId: string): string[] {
    return linkKeys.map(({ key }) =>
      purposeHash(key, 'revoked order', orderId).toString('base64url'),
    );
  }

  return {
    has: (orderId) =>
      revokedHashes.size > 0 && toHashes(orderId).some((hash) => revokedHashes.has(hash)),

    ageMs: () => now() - readAtMs,

    async refresh() {
      revokedHashes = new Set(await store.zrangebyscore(REVOKED_KEY, now(), '+inf'));
      readAtMs = now();
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
