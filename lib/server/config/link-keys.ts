import 'server-only';
import { z } from 'zod';

// Parses LINK_KEYS: the first key mints links, all keys open them.

const KEY_BYTES = 32;

// The published keys of .env.example and docs/link-vectors.json.
const PUBLIC_KEYS = [
  'YSBrZXkgZm9yIGRlbW9uc3RyYXRpb25zIG9ubHkhISE',
  'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA',
].map((text) => Buffer.from(text, 'base64url'));

/** `key` has 32 bytes. */
export type LinkKey = { kid: string; key: Uint8Array };
export type LinkKeys = readonly [LinkKey, ...LinkKey[]];

export const linkKeys = z.string().transform((text, context): LinkKeys => {
  const keys = text.split(',').map((entry) => {
    const [kid = '', secret = '', ...rest] = entry.trim().split(':');
    const wellFormed = rest.length === 0 && /^[\w-]*=?$/.test(secret);
    return { kid, key: Buffer.from(secret, 'base64url'), wellFormed };
  });
  keys.forEach(({ kid, key, wellFormed }, i) => {
    const place = `key ${i + 1} of ${keys.length}`;
    if (!wellFormed || !/^[\w.-]{1,64}$/.test(kid))
      context.addIssue(`${place} must be kid:base64url-of-32-bytes`);
    else if (key.length !== KEY_BYTES) context.addIssue(`${place} must have ${KEY_BYTES} bytes`);
  });
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length)
    context.addIssue('has a kid twice: use a different kid for each key');
  const [first, ...others] = keys.map(({ kid, key }) => ({ kid, key: new Uint8Array(key) }));
  return first ? [first, ...others] : z.NEVER;
});

/** Whether LINK_KEYS contains a published key, in any base64 encoding. */
export function hasPublicKey(text: string): boolean {
  return text
    .split(',')
    .map((entry) => Buffer.from(entry.split(':')[1]?.trim() ?? '', 'base64url'))
    .some((key) => PUBLIC_KEYS.some((publicKey) => publicKey.equals(key)));
}
