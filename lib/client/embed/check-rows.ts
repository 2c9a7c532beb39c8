import type { CheckCopy } from '@/lib/order/copy/en-US/embed-check';

// The results of the embed check, as rows.

export type CheckRow = { subject: string; verdict: 'ok' | 'note' | 'problem'; text: string };

export type EmbedFacts = {
  isFramed: boolean;
  /** Origins of all pages around the frame, the nearest first; empty if the browser does not expose them. */
  ancestors: readonly string[];
  /** The origin and the settings of embed.js; undefined until its first message. */
  handshake?: { origin: string; height: string; theme: string; locale: string } | undefined;
  hasStorage: boolean;
  hasCookies: boolean;
  violations: readonly string[];
  widthPx: number;
  heightPx: number;
  /** Whether the server answers requests from within the frame; undefined while the request runs. */
  isServerReachable?: boolean | undefined;
};

export function toCheckRows(
  facts: EmbedFacts,
  allowedOrigins: readonly string[],
  copy: CheckCopy,
): CheckRow[] {
  const { isFramed, hasStorage, hasCookies, violations, widthPx, heightPx } = facts;
  const hasViolations = violations.length > 0;
  return [
    {
      subject: copy.frame.subject,
      verdict: isFramed ? 'ok' : 'problem',
      text: isFramed ? copy.frame.framed : copy.frame.notFramed,
    },
    ...(isFramed ? [toOriginRow(facts, allowedOrigins, copy), toHandshakeRow(facts, copy)] : []),
    ...(isFramed ? [toHeightRow(facts, copy)] : []),
    toServerRow(facts, copy),
    toFeatureRow(copy.storage, hasStorage),
    toFeatureRow(copy.cookies, hasCookies),
    {
      subject: copy.violations.subject,
      verdict: hasViolations ? 'problem' : 'ok',
      text: hasViolations ? violations.join('; ') : copy.violations.none,
    },
    { subject: copy.size.subject, verdict: 'note', text: copy.size.pixels(widthPx, heightPx) },
  ];
}

function toFeatureRow(copy: CheckCopy['storage'], isAvailable: boolean): CheckRow {
  return {
    subject: copy.subject,
    verdict: isAvailable ? 'ok' : 'note',
    text: isAvailable ? copy.available : copy.blocked,
  };
}

function toOriginRow(
  { ancestors, handshake }: EmbedFacts,
  allowed: readonly string[],
  { origin: copy }: CheckCopy,
): CheckRow {
  const { subject } = copy;
  const origins = [...new Set([...ancestors, ...(handshake ? [handshake.origin] : [])])];
  const missing = origins.filter((origin) => !allowed.includes(origin));
  if (origins.length === 0) return { subject, verdict: 'note', text: copy.unknown };
  return missing.length === 0
    ? { subject, verdict: 'ok', text: copy.allowed(origins.join(', ')) }
    : { subject, verdict: 'problem', text: copy.missing(missing.join(' ')) };
}

function toHandshakeRow({ handshake }: EmbedFacts, { handshake: copy }: CheckCopy): CheckRow {
  const { subject } = copy;
  if (!handshake) return { subject, verdict: 'note', text: copy.none };
  const { origin, theme, locale } = handshake;
  return { subject, verdict: 'ok', text: copy.done(origin, theme, locale || copy.customersLocale) };
}

function toHeightRow({ handshake }: EmbedFacts, { height: copy }: CheckCopy): CheckRow {
  const modes = new Map([
    ['auto', copy.auto],
    ['fixed', copy.fixed],
  ]);
  const text = modes.get(handshake?.height ?? '') ?? copy.own;
  return { subject: copy.subject, verdict: 'ok', text };
}

function toServerRow({ isServerReachable }: EmbedFacts, { server: copy }: CheckCopy): CheckRow {
  const { subject } = copy;
  if (isServerReachable === undefined) return { subject, verdict: 'note', text: copy.asking };
  return isServerReachable
    ? { subject, verdict: 'ok', text: copy.answers }
    : { subject, verdict: 'problem', text: copy.silent };
}
