import 'server-only';
import { createHmac } from 'node:crypto';

// Keyed hashes: Redis and logs contain hashes instead of texts, and the texts cannot be recovered from the hashes.

/** Purposes of a link key; `turn` is the lease of a send. A new name would change the hashes of all stored keys. */
type Purpose = 'arrival' | 'claim' | 'decision' | 'limit' | 'log' | 'revoked order' | 'turn';

/** HMAC-SHA-256 (RFC 2104) of the text as UTF-8; 32 bytes. `key` must serve no other purpose. */
export function keyedHash(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** As `keyedHash`, for a key with several purposes: the hash of a text differs for each purpose. */
export function purposeHash(key: Uint8Array, purpose: Purpose, text: string): Buffer {
  return keyedHash(key, `${purpose}\n${text}`);
}
