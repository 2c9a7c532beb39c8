import 'server-only';
import { randomBytes } from 'node:crypto';
import { millisecondsInDay } from 'date-fns/constants';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import { retryOnce } from '@/lib/server/redis/redis';
import { deriveKey, sealText, unsealText } from '@/lib/server/redis/sealed-text';

// Short ids for link tokens. Redis stores neither ids nor tokens in plain text: the Redis key and the key that seals
// the token are both derived from the id, with different labels.

const ID_BYTES = 16;
// 128 bits in base64url. The last character carries two bits, so only four characters are canonical there.
const SHORT_ID = /^[\w-]{21}[AQgw]$/;
const RETRY_AFTER_MS = 5_000;
const MAX_CACHED_BYTES = 16 * 1_048_576;

type Store = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'PX', ttlMs: number): Promise<unknown>;
};

export type ShortLinks = {
  /** The token of the id. Throws Problem link_invalid, or upstream_unavailable if Redis does not reply. */
  find(id: string): Promise<string>;
  /** Stores the token until a day after its expiry and returns its new id; undefined if Redis does not reply. */
  shorten(token: string, expiresAtMs: number): Promise<string | undefined>;
};

/** Whether the text has the form of a short id: 22 characters of canonical base64url. */
export function isShortId(bearer: string): boolean {
  return SHORT_ID.test(bearer);
}

export function createShortLinks(store: Store, now: () => number): ShortLinks {
  const tokenCache = new LRUCache<string, string>({
    maxSize: MAX_CACHED_BYTES,
    sizeCalculation: (token, storeKey) => token.length + storeKey.length,
  });

  return {
    async find(id) {
      const storeKey = toStoreKey(id);
      const cachedToken = tokenCache.get(storeKey);
      if (cachedToken !== undefined) return cachedToken;
      const sealed = await retryOnce(() => store.get(storeKey)).catch((cause: unknown) => {
        throw new Problem('upstream_unavailable', { cause, retryAfterMs: RETRY_AFTER_MS });
      });
      const token = sealed === null ? undefined : await unsealText(toEncryptionKey(id), sealed);
      if (token === undefined) throw new Problem('link_invalid');
      tokenCache.set(storeKey, token);
      return token;
    },

    async shorten(token, expiresAtMs) {
      const id = randomBytes(ID_BYTES).toString('base64url');
      const ttlMs = Math.ceil(expiresAtMs + millisecondsInDay - now());
      const sealed = await sealText(toEncryptionKey(id), token);
      return retryOnce(() => store.set(toStoreKey(id), sealed, 'PX', ttlMs)).then(
        () => id,
        () => undefined,
      );
    },
  };
}

function toEncryptionKey(id: string): Uint8Array {
  return deriveKey(id, 'short link key');
}

function toStoreKey(id: string): string {
  const derived = deriveKey(id, 'short link address');
  return `order-status:link:${Buffer.from(derived).toString('base64url')}`;
}
