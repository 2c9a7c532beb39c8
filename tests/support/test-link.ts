import { EncryptJWT } from 'jose';
import { demoUserId } from '@/tests/simulator/people';

// Links minted as a retailer's back end would, with a JOSE library and nothing of ours.

export const testKey = Buffer.alloc(32, 7);
export const testLinkKeys = `test:${testKey.toString('base64url')}`;

export type LinkClaims = {
  oid?: unknown;
  sub?: unknown;
  exp?: unknown;
  scp?: unknown;
};

export type LinkForm = {
  nowMs: number;
  key?: Uint8Array;
  kid?: string | undefined;
  enc?: string;
};

/** A good link of the demo customer for a day, save for the claims and the form that are given. */
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
