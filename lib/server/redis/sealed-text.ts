import 'server-only';
import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';

// Text that only who knows a secret can read: for what is left with Redis.

/** 32 bytes that stand for the secret under this label, and from which it cannot be told. */
export function deriveKey(secret: string | Uint8Array, label: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `order-status ${label}`, 32));
}

/** `key` has 32 bytes. */
export function sealText(key: Uint8Array, text: string): Promise<string> {
  return new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(key);
}

/** Undefined for what was not sealed with this key. */
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
