import 'server-only';
import { millisecondsInDay as DAY_MS } from 'date-fns/constants';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { Problem } from '@/lib/order/problem';
import type { LinkKey, LinkKeys } from '@/lib/server/config/link-keys';

// The customer's link token: a compact JWE (RFC 7516), alg dir, enc A256GCM, that names one order.

const LEEWAY_SECONDS = 60;
const MAX_TOKEN_LENGTH = 4_096;
/** A link whose `exp` is further ahead is a mistake, such as milliseconds for seconds. */
const MAX_AHEAD_DAYS = 400;
/** RFC 5646 §4.4.1. */
const MAX_LOCALE_LENGTH = 35;

// Half a surrogate pair has no UTF-8; "." and ".." would climb out of the order's place in a Connect path.
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
  scp: z.literal('read').optional(),
  num: orderNumber.optional(),
  loc: locale.optional(),
});

/** The fields of a link, for those who take them from outside. */
export const linkFields = { orderId, userId, number: orderNumber, locale };

// The registered names of RFC 7519 §4.1 that say nothing about the order.
const IGNORED_CLAIMS = new Set(['iss', 'aud', 'nbf', 'iat', 'jti']);
// A claim of the minter's own, by a collision-resistant name (RFC 7519 §4.2).
const OWN_CLAIM = /^(?:https?:\/\/|urn:)/;

export type LinkAccess = {
  orderId: string;
  userId: string;
  readOnly: boolean;
  /** The order's number as the store prints it. */
  number?: string | undefined;
  /** The customer's language, a BCP 47 tag. */
  locale?: string | undefined;
};
/** Until when a token opens, leeway included. */
export type OpenedLink = LinkAccess & { opensUntilMs: number };

export type Links = {
  /** Throws Problem link_invalid, or link_expired for an authentic token past its time. */
  open(token: string): Promise<OpenedLink>;
  /** By what is known now: what was opened before may be taken back. */
  isRevoked(orderId: string): boolean;
  /** Throws RangeError that names the wrong field, or Problem order_revoked. */
  seal(access: LinkAccess & { expiresAtMs: number }): Promise<string>;
};

export function createLinks(keys: LinkKeys, maxDays: number, now: () => number): Links {
  return {
    async open(token) {
      if (token.length > MAX_TOKEN_LENGTH || !isCanonical(token)) throw new Problem('link_invalid');
      for (const { key } of candidates(token, keys)) {
        const access = await openWith(key, token, now());
        if (access) return access;
      }
      throw new Problem('link_invalid');
    },

    isRevoked: () => false,

    async seal({ orderId: oid, userId: sub, readOnly, number: num, locale: loc, expiresAtMs }) {
      assertOrderId(oid);
      if (!userId.safeParse(sub).success) throw new RangeError('userId must have 1-128 characters');
      if (!(expiresAtMs > now())) throw new RangeError('expiresAt must be in the future');
      if (expiresAtMs > now() + maxDays * DAY_MS)
        throw new RangeError(`expiresAt must be within ${maxDays} days`);
      const optional = {
        ...(readOnly && { scp: 'read' }),
        ...(num && { num }),
        ...(loc && { loc }),
      };
      // No kid: a text message pays for each character, and a token without one is tried with every key.
      const jwt = new EncryptJWT({ oid, ...optional })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setSubject(sub)
        .setExpirationTime(Math.floor(expiresAtMs / 1_000));
      return encryptForLinkifiers(jwt, keys[0].key);
    },
  };
}

// Software that finds links in texts may end a link before "..-" or ".._", so draw another IV.
async function encryptForLinkifiers(jwt: EncryptJWT, key: Uint8Array): Promise<string> {
  for (;;) {
    const token = await jwt.encrypt(key);
    if (!/\.\.[-_]/.test(token)) return token;
  }
}

/** Throws RangeError when no link can name such an order. */
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

// A misspelt claim, such as `scope` for `scp`, would give more access than was meant.
function hasUnknownClaim(payload: object): boolean {
  return Object.keys(payload).some(
    (name) =>
      !(Object.hasOwn(claims.shape, name) || IGNORED_CLAIMS.has(name) || OWN_CLAIM.test(name)),
  );
}

// Decoders read several spellings of the same bytes; a token has one, so that none can be made from another.
function isCanonical(token: string): boolean {
  return token
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

// A token that names its key is tried with that key alone; one without a kid with all of them.
function candidates(token: string, keys: readonly LinkKey[]): readonly LinkKey[] {
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
      clockTolerance: LEEWAY_SECONDS,
      currentDate: new Date(nowMs),
      requiredClaims: ['exp'],
      maxDecompressedLength: 0,
    });
    const { data } = claims.safeParse(payload);
    if (!data || hasUnknownClaim(payload)) return undefined;
    if (data.exp * 1_000 > nowMs + MAX_AHEAD_DAYS * DAY_MS) return undefined;
    return {
      orderId: data.oid,
      userId: data.sub,
      readOnly: data.scp === 'read',
      ...(data.num !== undefined && { number: data.num }),
      ...(data.loc !== undefined && { locale: data.loc }),
      opensUntilMs: (data.exp + LEEWAY_SECONDS) * 1_000,
    };
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw new Problem('link_expired', { cause });
    if (cause instanceof errors.JOSEError || cause instanceof TypeError) return undefined;
    throw cause;
  }
}
