import 'server-only';
import { randomBytes } from 'node:crypto';
import { millisecondsInDay as DAY_MS } from 'date-fns/constants';
import { LRUCache } from 'lru-cache';
import { Problem } from '@/lib/order/problem';
import { retryOnce } from '@/lib/server/redis/redis';
import { deriveKey, sealText, unsealText } from '@/lib/server/redis/sealed-text';

// Short ids that stand for link tokens. Redis sees neither: the id yields, by two labels of one derivation,
// the address to look under and the key that the token is sealed with.

const ID_BYTES = 16;
// 128 bits in base64url: the last letter carries two of them, so an id has one spelling.
const SHAPE = /^[\w-]{21}[AQgw]$/;
const RETRY_MS = 5_000;
const MAX_REMEMBERED_BYTES = 16 * 1_048_576;

type Store = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'PX', lifeMs: number): Promise<unknown>;
};

export type ShortLinks = {
  /** The token that `id` stands for. Throws Problem link_invalid, or upstream_unavailable without Redis. */
  find(id: string): Promise<string>;
  /** A new id for the token, kept for a day longer than it lasts; undefined while Redis does not answer. */
  shorten(token: string, expiresAtMs: number): Promise<string | undefined>;
};

export function isShortId(bearer: string): boolean {
  return SHAPE.test(bearer);
}

export function createShortLinks(store: Store, now: () => number): ShortLinks {
  const remembered = new LRUCache<string, string>({
    maxSize: MAX_REMEMBERED_BYTES,
    sizeCalculation: (token, address) => token.length + address.length,
  });

  return {
    async find(id) {
      const address = toAddress(id);
      const known = remembered.get(address);
      if (known !== undefined) return known;
      const sealed = await retryOnce(() => store.get(address)).catch((cause: unknown) => {
        throw new Problem('upstream_unavailable', { cause, retryAfterMs: RETRY_MS });
      });
      const token = sealed === null ? undefined : await unsealText(toKey(id), sealed);
      if (token === undefined) throw new Problem('link_invalid');
      remembered.set(address, token);
      return token;
    },

    async shorten(token, expiresAtMs) {
      const id = randomBytes(ID_BYTES).toString('base64url');
      const lifeMs = Math.ceil(expiresAtMs + DAY_MS - now());
      const sealed = await sealText(toKey(id), token);
      return retryOnce(() => store.set(toAddress(id), sealed, 'PX', lifeMs)).then(
        () => id,
        () => undefined,
      );
    },
  };
}

function toKey(id: string): Uint8Array {
  return deriveKey(id, 'short link key');
}

function toAddress(id: string): string {
  const address = deriveKey(id, 'short link address');
  return `order-status:link:${Buffer.from(address).toString('base64url')}`;
}
