import 'server-only';
import { millisecondsInDay } from 'date-fns/constants';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Access } from '@/lib/order/order-view';
import { Problem } from '@/lib/order/problem';
import type { LinkKey, LinkKeys } from '@/lib/server/config/link-keys';

// The customer's link token: a compact JWE (RFC 7516), alg dir, enc A256GCM, that names one order.

const CLOCK_TOLERANCE_SECONDS = 60;
const MAX_TOKEN_LENGTH = 4_096;
/** An `exp` further ahead is a mistake, such as milliseconds instead of seconds. */
const MAX_AHEAD_DAYS = 400;
// RFC 5646 §4.4.1.
const MAX_LOCALE_LENGTH = 35;

// A lone surrogate has no UTF-8; "." and ".." would be resolved as path segments in the URL of a call to Connect.
const wellFormed = z.string().refine((id) => id.isWellFormed());
const orderId = wellFormed
  .min(1)
  .max(64)
  .refine((id) => id !== '.' && id !== '..');
const userId = wellFormed.min(1).max(128);
const orderNumber = wellFormed.min(1).max(32);
const locale = z.string().max(MAX_LOCALE_LENGTH).refine(isLanguageTag);

const claims = z.object({
  oid: orderId,
  sub: userId,
  exp: z.number(),
  scp: z.enum(['read', 'share']).optional(),
  num: orderNumber.optional(),
  loc: locale.optional(),
});

/** Schemas of the fields of a link, for requests that mint links. */
export const linkFields = { orderId, userId, number: orderNumber, locale };

// Registered claims of RFC 7519 §4.1 that do not affect access to the order.
const IGNORED_CLAIMS = new Set(['iss', 'aud', 'nbf', 'iat', 'jti']);
// Private claims need a collision-resistant name (RFC 7519 §4.2), here a URI.
const NAMESPACED_CLAIM = /^(?:https?:\/\/|urn:)/;

/** The order that a link opens, and what the link permits. */
export type LinkAccess = {
  orderId: string;
  userId: string;
  access: Access;
  /** The order's number as the store prints it. */
  number?: string | undefined;
  /** The customer's language, a BCP 47 tag. */
  locale?: string | undefined;
};
/** `validUntilMs`: the token's expiry with clock tolerance, in ms since the epoch. */
export type OpenedLink = LinkAccess & { validUntilMs: number };

export type Links = {
  /** Decrypts a token. Throws Problem link_invalid, or link_expired for an authentic token after its expiry. */
  open(token: string): Promise<OpenedLink>;
  /** Whether the order is revoked now; false if there is no Redis. Synchronous, for cached opened links. */
  isRevoked(orderId: string): boolean;
  /** Mints a token. Throws RangeError that names the wrong field, or Problem order_revoked. */
  seal(access: LinkAccess & { expiresAtMs: number }): Promise<string>;
};

/** Stateless links: the first key mints, all keys open. Minting limits the expiry to `maxDays` from now. */
export function createLinks(keys: LinkKeys, maxDays: number, now: () => number): Links {
  return {
    async open(token) {
      if (token.length > MAX_TOKEN_LENGTH || !isCanonical(token)) throw new Problem('link_invalid');
      for (const { key } of findCandidateKeys(token, keys)) {
        const access = await openWith(key, token, now());
        if (access) return access;
      }
      throw new Problem('link_invalid');
    },

    isRevoked: () => false,

    async seal({ orderId: oid, userId: sub, access, number: num, locale: loc, expiresAtMs }) {
      assertOrderId(oid);
      if (!userId.safeParse(sub).success) throw new RangeError('userId must have 1-128 characters');
      if (num !== undefined && !orderNumber.safeParse(num).success)
        throw new RangeError('number must have 1-32 characters');
      if (loc !== undefined && !locale.safeParse(loc).success)
        throw new RangeError('locale must be a BCP 47 language tag such as "en-US"');
      if (!(expiresAtMs > now())) throw new RangeError('expiresAt must be in the future');
      if (expiresAtMs > now() + maxDays * millisecondsInDay)
        throw new RangeError(`expiresAt must be within ${maxDays} days`);
      const optional = {
        ...(access !== 'full' && { scp: access }),
        ...(num !== undefined && { num }),
        ...(loc !== undefined && { loc }),
      };
      // The header has no `kid`, which keeps text messages short; a token without `kid` is tried with every key.
      const jwt = new EncryptJWT({ oid, ...optional })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setSubject(sub)
        .setExpirationTime(Math.floor(expiresAtMs / 1_000));
      return encryptForLinkifiers(jwt, keys[0].key);
    },
  };
}

/** The language of an authentic link, from the Problem link_expired that `open` has thrown. */
export function findExpiredLocale(problem: unknown): string | undefined {
  const cause = problem instanceof Problem && problem.cause;
  return cause instanceof errors.JWTExpired
    ? locale.safeParse(cause.payload['loc']).data
    : undefined;
}

// Linkifiers of messaging apps may end a link before "..-" or ".._", so encrypt again with another IV.
async function encryptForLinkifiers(jwt: EncryptJWT, key: Uint8Array): Promise<string> {
  for (;;) {
    const token = await jwt.encrypt(key);
    if (!/\.\.[-_]/.test(token)) return token;
  }
}

/** Throws RangeError if the id cannot be the `oid` of a link. */
export function assertOrderId(oid: string): void {
  if (!orderId.safeParse(oid).success)
    throw new RangeError('orderId must have 1-64 characters and not be "." or ".."');
}

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

// A misspelt claim, such as `scope` for `scp`, would give more access than intended.
function hasUnknownClaim(payload: object): boolean {
  return Object.keys(payload).some(
    (name) =>
      !(
        Object.hasOwn(claims.shape, name) ||
        IGNORED_CLAIMS.has(name) ||
        NAMESPACED_CLAIM.test(name)
      ),
  );
}

// Decoders accept several encodings of the same bytes; only the canonical one is valid, so a token has no variants.
function isCanonical(token: string): boolean {
  return token
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

// A token with a kid is tried with that key only; a token without a kid with all keys.
function findCandidateKeys(token: string, keys: readonly LinkKey[]): readonly LinkKey[] {
  const kid = readKid(token);
  return kid === undefined ? keys : keys.filter((key) => key.kid === kid);
}

function readKid(token: string): unknown {
  try {
    const header: unknown = JSON.parse(
      Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString('utf8'),
    );
    return z.object({ kid: z.unknown() }).safeParse(header).data?.kid;
  } catch {
    return undefined;
  }
}

async function openWith(
  key: Uint8Array,
  token: string,
  nowMs: number,
): Promise<OpenedLink | undefined> {
  try {
    const { payload } = await jwtDecrypt(token, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(nowMs),
      requiredClaims: ['exp'],
      maxDecompressedLength: 0,
    });
    const { data } = claims.safeParse(payload);
    if (!data || hasUnknownClaim(payload)) return undefined;
    if (data.exp * 1_000 > nowMs + MAX_AHEAD_DAYS * millisecondsInDay) return undefined;
    return {
      orderId: data.oid,
      userId: data.sub,
      access: data.scp ?? 'full',
      ...(data.num !== undefined && { number: data.num }),
      ...(data.loc !== undefined && { locale: data.loc }),
      validUntilMs: (data.exp + CLOCK_TOLERANCE_SECONDS) * 1_000,
    };
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw new Problem('link_expired', { cause });
    if (cause instanceof errors.JOSEError || cause instanceof TypeError) return undefined;
    throw cause;
  }
}
