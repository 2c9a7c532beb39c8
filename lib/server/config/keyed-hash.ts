import 'server-only';
import { createHmac } from 'node:crypto';

// Keyed hashes: Redis and logs see them in place of the texts that they stand for.

/** The purposes of one shared key. They are part of what is hashed: renaming one orphans stored keys. */
type Purpose = 'claim' | 'limit' | 'log' | 'revoked order' | 'turn';

/** HMAC-SHA-256 (RFC 2104) of the text as UTF-8; 32 bytes. `key` must serve no other purpose. */
export function keyedHash(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** As `keyedHash`, for a key with several purposes: equal texts have another hash for each purpose. */
export function purposeHash(key: Uint8Array, purpose: Purpose, text: string): Buffer {
  return keyedHash(key, `${purpose}\n${text}`);
}
