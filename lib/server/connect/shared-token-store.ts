import 'server-only';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { CasStore } from '@/lib/server/redis/cas-store';
import { deriveKey, sealText, unsealText } from '@/lib/server/redis/sealed-text';
import type { AcquireLease } from '@/lib/server/redis/lease';

// Connect's access tokens as several instances share them: sealed, and one instance mints at a time.

const MINTING_MS = 5_000;

export type StoredToken = {
  accessToken: string;
  renewAtMs: number;
  expiresAtMs: number;
  /** When it was minted in the place of one that Connect had just refused. */
  replacedAtMs?: number | undefined;
};

export type SharedTokenStore = {
  get(userId: string): Promise<StoredToken | undefined>;
  set(userId: string, token: StoredToken): Promise<void>;
  /** Runs `work` when no other instance mints for this customer, or has taken too long over it. */
  withLease<T>(userId: string, work: () => Promise<T>): Promise<T>;
};

const storedToken = z.object({
  accessToken: z.string(),
  renewAtMs: z.number(),
  expiresAtMs: z.number(),
  replacedAtMs: z.number().optional(),
});

/** `secret` is that of the account with Connect, which all who share the vault know. */
export function createSharedTokenStore(
  store: CasStore,
  acquireLease: AcquireLease,
  secret: string,
  now: () => number,
): SharedTokenStore {
  const key = deriveKey(secret, 'access token key');
  const addressKey = deriveKey(secret, 'access token address');

  function toStoreKey(kind: string, userId: string): string {
    const name = createHmac('sha256', addressKey).update(userId).digest('base64url');
    return `order-status:${kind}:${name}`;
  }

  return {
    async get(userId) {
      const sealed = await store.get(toStoreKey('token', userId));
      const text = sealed && (await unsealText(key, sealed));
      return text ? storedToken.safeParse(JSON.parse(text)).data : undefined;
    },

    async set(userId, token) {
      const storeKey = toStoreKey('token', userId);
      const sealed = await sealText(key, JSON.stringify(token));
      const ttlMs = Math.max(1, Math.ceil(token.expiresAtMs - now()));
      await store.compareAndSet(storeKey, await store.get(storeKey), sealed, ttlMs);
    },

    async withLease(userId, work) {
      const release = await acquireLease(toStoreKey('minting', userId), MINTING_MS);
      try {
        return await work();
      } finally {
        await release?.();
      }
    },
  };
}
