import 'server-only';
import { z } from 'zod';
import { keyedHash } from '@/lib/server/config/keyed-hash';
import type { CasStore } from '@/lib/server/redis/cas-store';
import { deriveKey, sealText, unsealText } from '@/lib/server/redis/sealed-text';
import type { AcquireLease } from '@/lib/server/redis/lease';

// Shared access-token store: instances share Connect's tokens, sealed, and one instance mints a token at a time.

const LEASE_TIMEOUT_MS = 5_000;

/** Times are in ms since the epoch; the token is renewed from `renewAtMs` on. */
export type StoredToken = {
  accessToken: string;
  renewAtMs: number;
  expiresAtMs: number;
  /** Set if the token replaced one that Connect had just refused. */
  replacedAtMs?: number | undefined;
};

export type SharedTokenStore = {
  get(userId: string): Promise<StoredToken | undefined>;
  set(userId: string, token: StoredToken): Promise<void>;
  /** Runs `work` under the customer's lease, or without it if the lease is not free within 5 s. */
  withLease<T>(userId: string, work: () => Promise<T>): Promise<T>;
};

const storedToken = z.object({
  accessToken: z.string(),
  renewAtMs: z.number(),
  expiresAtMs: z.number(),
  replacedAtMs: z.number().optional(),
});

/** `secret`: the client secret of the account, which all instances have. */
export function createSharedTokenStore(
  store: CasStore,
  acquireLease: AcquireLease,
  secret: string,
  now: () => number,
): SharedTokenStore {
  const sealingKey = deriveKey(secret, 'access token key');
  const hashKey = deriveKey(secret, 'access token address');

  function toStoreKey(kind: 'token' | 'minting', userId: string): string {
    return `order-status:${kind}:${keyedHash(hashKey, userId).toString('base64url')}`;
  }

  return {
    async get(userId) {
      const sealed = await store.get(toStoreKey('token', userId));
      const text = sealed && (await unsealText(sealingKey, sealed));
      return text ? storedToken.safeParse(JSON.parse(text)).data : undefined;
    },

    async set(userId, token) {
      const storeKey = toStoreKey('token', userId);
      const sealed = await sealText(sealingKey, JSON.stringify(token));
      const ttlMs = Math.max(1, Math.ceil(token.expiresAtMs - now()));
      await store.compareAndSet(storeKey, await store.get(storeKey), sealed, ttlMs);
    },

    async withLease(userId, work) {
      const release = await acquireLease(toStoreKey('minting', userId), LEASE_TIMEOUT_MS);
      try {
        return await work();
      } finally {
        await release?.();
      }
    },
  };
}
