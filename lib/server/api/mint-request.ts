import 'server-only';
import { millisecondsInDay as DAY_MS } from 'date-fns/constants';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { linkFields } from '@/lib/server/links/link';

// Parses the body of POST /api/links.

const MAX_EDITS = 3;
const MAX_NAME_LENGTH = 64;

const FIELD_RULES = {
  orderId: 'must be a string of 1-64 characters, and not "." or ".."',
  userId: 'must be a string of 1-128 characters',
  scope: 'must be "read" or "share", or left out',
  number: 'must be a string of 1-32 characters, or left out',
  locale: 'must be a BCP 47 language tag such as "en-US", or left out',
};
const ALIASES = new Map([
  ['scp', 'scope'],
  ['oid', 'orderId'],
  ['sub', 'userId'],
  ['exp', 'expiresAt'],
]);

export type MintRequest = z.output<ReturnType<typeof toSchema>>;
export type MintRequestParser = (body: unknown) => { data: MintRequest } | { faults: string[] };

/** Parses a body, or returns one sentence per invalid field. */
export function createMintRequestParser(maxDays: number, now: () => number): MintRequestParser {
  const schema = toSchema(maxDays, now);
  return (body) => {
    const { data, error } = schema.safeParse(body);
    return data ? { data } : { faults: [...new Set(error.issues.flatMap(toFaults))] };
  };
}

function toSchema(maxDays: number, now: () => number) {
  return z.strictObject({
    orderId: linkFields.orderId,
    userId: linkFields.userId,
    expiresAt: z.iso
      .datetime({ offset: true, error: 'must be an ISO-8601 time with its zone, or left out' })
      // Tokens hold whole seconds.
      .transform((text) => Math.floor(Date.parse(text) / 1_000) * 1_000)
      .refine((ms) => ms > now(), 'must be in the future')
      .refine((ms) => ms <= now() + maxDays * DAY_MS, `must be within ${maxDays} days`)
      .optional(),
    scope: z.enum(['read', 'share']).optional(),
    number: linkFields.number.optional(),
    locale: linkFields.locale.optional(),
  });
}

function toFaults(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(toUnknownField);
  const [field] = issue.path;
  if (field === undefined) return ['The body must be a JSON object.'];
  const rule = Object.entries(FIELD_RULES).find(([name]) => name === field)?.[1] ?? issue.message;
  return [`${String(field)} ${rule}.`];
}

function toUnknownField(name: string): string {
  const known = [...Object.keys(FIELD_RULES), 'expiresAt'];
  const shown = name.slice(0, MAX_NAME_LENGTH);
  const nearest = closest(shown, known);
  const meant = ALIASES.get(shown) ?? (distance(shown, nearest) <= MAX_EDITS ? nearest : undefined);
  return `${JSON.stringify(shown)} is not a field${meant ? `: use ${meant}` : ''}.`;
}
