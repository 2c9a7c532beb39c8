// Copy of the embed check, as rows. Its readers are developers, so it exists in English only.

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

export const embedCheckCopy = {
  title: 'Embed check',
  intro: 'Diagnostics for developers. Shows no order data.',
  verdicts: { ok: 'OK', note: 'Note', problem: 'Problem' },
};

export function toCheckRows(facts: EmbedFacts, allowedOrigins: readonly string[]): CheckRow[] {
  const { isFramed, hasStorage, hasCookies, violations, widthPx, heightPx } = facts;
  return [
    toFrameRow(facts),
    ...(isFramed ? [toOriginRow(facts, allowedOrigins), toHandshakeRow(facts)] : []),
    ...(isFramed ? [toHeightRow(facts)] : []),
    toServerRow(facts),
    {
      subject: 'Storage',
      verdict: hasStorage ? 'ok' : 'note',
      text: hasStorage ? 'Available, and not used.' : 'Blocked by the browser. It is not needed.',
    },
    {
      subject: 'Cookies',
      verdict: hasCookies ? 'ok' : 'note',
      text: hasCookies
        ? 'Available, and not used.'
        : 'Blocked by the browser. They are not needed.',
    },
    {
      subject: 'Policy violations in the frame',
      verdict: violations.length === 0 ? 'ok' : 'problem',
      text:
        violations.length === 0
          ? 'None seen. Those of your own page are in its console.'
          : violations.join('; '),
    },
    { subject: 'Size', verdict: 'note', text: `${widthPx} × ${heightPx} CSS pixels.` },
  ];
}

function toFrameRow({ isFramed }: EmbedFacts): CheckRow {
  return isFramed
    ? { subject: 'Frame', verdict: 'ok', text: 'This page is in a frame, and scripts run in it.' }
    : {
        subject: 'Frame',
        verdict: 'problem',
        text: 'This page is not in a frame. Put <order-status check></order-status> where the order is to be.',
      };
}

function toOriginRow({ ancestors, handshake }: EmbedFacts, allowed: readonly string[]): CheckRow {
  const subject = 'Framing origin';
  const origins = [...new Set([...ancestors, ...(handshake ? [handshake.origin] : [])])];
  const missing = origins.filter((origin) => !allowed.includes(origin));
  if (origins.length === 0)
    return {
      subject,
      verdict: 'note',
      text: 'This browser does not tell who frames the page. With embed.js it would be known.',
    };
  return missing.length === 0
    ? { subject, verdict: 'ok', text: `${origins.join(', ')}: allowed by EMBED_ORIGINS.` }
    : {
        subject,
        verdict: 'problem',
        text: `Not in EMBED_ORIGINS: ${missing.join(' ')}. Orders will not show here until each is added.`,
      };
}

function toHandshakeRow({ handshake }: EmbedFacts): CheckRow {
  const subject = 'Handshake with embed.js';
  if (!handshake)
    return {
      subject,
      verdict: 'note',
      text: 'Not heard. A plain <iframe> works too, with a height of its own and without events.',
    };
  const { origin, theme, locale } = handshake;
  const settings = `theme ${theme}, locale ${locale || 'of the customer'}`;
  return { subject, verdict: 'ok', text: `Version 1 with ${origin}: ${settings}.` };
}

function toHeightRow({ handshake }: EmbedFacts): CheckRow {
  const modes = new Map([
    ['auto', 'auto: the frame follows its content.'],
    ['fixed', 'fixed: the thread scrolls in the frame.'],
  ]);
  const text = modes.get(handshake?.height ?? '') ?? 'set by your page: the thread scrolls in it.';
  return { subject: 'Height', verdict: 'ok', text };
}

function toServerRow({ isServerReachable }: EmbedFacts): CheckRow {
  const subject = 'Server';
  if (isServerReachable === undefined) return { subject, verdict: 'note', text: 'Asking…' };
  return isServerReachable
    ? { subject, verdict: 'ok', text: 'It answers from within the frame.' }
    : { subject, verdict: 'problem', text: 'It does not answer from within the frame.' };
}
