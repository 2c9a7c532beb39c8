import 'server-only';
import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';

// Seals text, that is encrypts and authenticates it, before it is stored in Redis: compact JWE (RFC 7516), A256GCM.

/**
 * Derives a key of 32 bytes by HKDF-SHA-256 (RFC 5869); the secret cannot be computed from it. The label separates
 * purposes.
 */
export function deriveKey(secret: string | Uint8Array, label: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `order-status ${label}`, 32));
}

/** Returns a compact JWE. `key` has 32 bytes. */
export function sealText(key: Uint8Array, text: string): Promise<string> {
  return new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(key);
}

/** Returns the text; undefined if `sealed` is no text sealed with this key. */
export async function unsealText(key: Uint8Array, sealed: string): Promise<string | undefined> {
  try {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return Buffer.from(plaintext).toString();
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof TypeError) return undefined;
    throw cause;
  }
}
