// Finds what may become a link in a message: https addresses and phone numbers, nothing else.

import { parseUrl } from './parse-url';

export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'phone'; text: string; href: string };

const CANDIDATE =
  /(?<url>\bhttps:\/\/[^\s<>"'`{}|\\^]+)|(?<phone>(?<![\w+.-])(?:\+[1-9]\d{7,14}|(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4})(?![\w-]))/giu;
// Tried at the start of each run alone: at every place of a long one it would take seconds.
const TRAILING_PUNCTUATION = /(?<![.,;:!?)\]…])[.,;:!?)\]…]+$/u;

export function toTextParts(body: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of body.matchAll(CANDIDATE)) {
    const part = match.groups?.['url'] ? toLink(match[0]) : toPhone(match[0]);
    if (!part) continue;
    if (match.index > end) parts.push({ kind: 'text', text: body.slice(end, match.index) });
    parts.push(part.link);
    end = match.index + part.length;
  }
  if (end < body.length) parts.push({ kind: 'text', text: body.slice(end) });
  return parts;
}

// Shows the address as the browser will follow it, so look-alike hosts are seen in punycode.
function toLink(candidate: string): { link: TextPart; length: number } | undefined {
  const address = candidate.replace(TRAILING_PUNCTUATION, '');
  const url = parseUrl(address);
  if (!url) return undefined;
  if (url.protocol !== 'https:' || url.username || url.password) return undefined;
  const text = url.pathname === '/' && !url.search && !url.hash ? url.origin : url.href;
  return { link: { kind: 'link', text, href: url.href }, length: address.length };
}

function toPhone(candidate: string): { link: TextPart; length: number } {
  const digits = candidate.replace(/[^\d+]/g, '');
  return {
    link: { kind: 'phone', text: candidate, href: `tel:${digits}` },
    length: candidate.length,
  };
}
