import 'server-only';
import { createHmac } from 'node:crypto';
import type { LinkKeys } from '@/lib/server/config/link-keys';

// Orders whose links are refused: a list in Redis that every instance keeps a copy of. It holds keyed
// hashes, one for each link key, so that a key may come or go without an order coming back.

const LIST = 'order-status:revoked';

type Store = {
  zadd(list: string, ...scoresAndMembers: (string | number)[]): Promise<unknown>;
  zrem(list: string, ...members: string[]): Promise<number>;
  zrangebyscore(list: string, min: number, max: '+inf'): Promise<string[]>;
  zremrangebyscore(list: string, min: '-inf', max: number): Promise<unknown>;
};

export type Revocations = {
  /** By the copy in memory. */
  has(orderId: string): boolean;
  /** How old the copy is; since the start, if there is none. */
  ageMs(): number;
  /** Copies the list anew. Rejects when Redis does not answer, and the last copy stays in force. */
  refresh(): Promise<void>;
  revoke(orderId: string, untilMs: number): Promise<void>;
  /** False if the order was not revoked. */
  restore(orderId: string): Promise<boolean>;
};

export function createRevocations(
  store: Store,
  linkKeys: LinkKeys,
  now: () => number,
): Revocations {
  let revoked: ReadonlySet<string> = new Set();
  let readAtMs = now();

  function toMarks(orderId: string): string[] {
    return linkKeys.map(({ key }) =>
      createHmac('sha256', key).update('revoked order\n').update(orderId).digest('base64url'),
    );
  }

  return {
    has: (orderId) => revoked.size > 0 && toMarks(orderId).some((mark) => revoked.has(mark)),

    ageMs: () => now() - readAtMs,

    async refresh() {
      revoked = new Set(await store.zrangebyscore(LIST, now(), '+inf'));
      readAtMs = now();
    },

    async revoke(orderId, untilMs) {
      await store.zadd(LIST, ...toMarks(orderId).flatMap((mark) => [untilMs, mark]));
      await store.zremrangebyscore(LIST, '-inf', now());
    },

    async restore(orderId) {
      return (await store.zrem(LIST, ...toMarks(orderId))) > 0;
    },
  };
}
