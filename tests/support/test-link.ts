import { EncryptJWT } from 'jose';
import { demoUserId } from '@/tests/simulator/people';

// Mints links with a JOSE library as a retailer's back end does, without code of this project.

export const testKey = Buffer.alloc(32, 7);
export const testLinkKeys = `test:${testKey.toString('base64url')}`;

export type LinkClaims = {
  oid?: unknown;
  sub?: unknown;
  exp?: unknown;
  scp?: unknown;
  num?: unknown;
  loc?: unknown;
};

export type LinkForm = {
  nowMs: number;
  key?: Uint8Array;
  kid?: string | undefined;
  enc?: string;
};

/** A valid token of the demo customer for a day, changed by the given claims and form. */
export function mintTestToken(
  claims: LinkClaims & { oid: unknown },
  form: LinkForm,
): Promise<string> {
  const { nowMs, key = testKey, enc = 'A256GCM' } = form;
  const kid = 'kid' in form ? form.kid : 'test';
  const exp = Math.floor(nowMs / 1_000) + 86_400;
  return new EncryptJWT({ sub: demoUserId, exp, ...claims } as never)
    .setProtectedHeader({ alg: 'dir', enc, ...(kid !== undefined && { kid }) })
    .encrypt(key);
}
