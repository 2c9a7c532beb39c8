// Finds the links of a message: https addresses and phone numbers, nothing else.

import { PHONE, readPhoneNumber } from './phone-number';
import { ADDRESS_START, readWebAddress } from './web-address';

export type TextPart =
  | { kind: 'text'; text: string }
  /** `host`: the host that the browser opens, if `text` spells it differently. */
  | { kind: 'link'; text: string; href: string; host?: string }
  | { kind: 'phone'; text: string; href: string };

const CANDIDATE = new RegExp(`(?<address>${ADDRESS_START})|${PHONE}`, 'giu');

/** Splits `body` into parts. The texts of the parts, joined, are `body` unchanged. */
export function linkify(body: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  // matchAll would compile a copy of the pattern for each text.
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(body); match; match = CANDIDATE.exec(body)) {
    const part = toPart(body, match);
    if (!part) continue;
    if (match.index > end) parts.push({ kind: 'text', text: body.slice(end, match.index) });
    parts.push(part);
    end = match.index + part.text.length;
    CANDIDATE.lastIndex = end;
  }
  if (end < body.length) parts.push({ kind: 'text', text: body.slice(end) });
  return parts;
}

function toPart(body: string, match: RegExpExecArray): TextPart | undefined {
  const [candidate] = match;
  if (match.groups?.['address']) {
    const address = readWebAddress(body, candidate, match.index);
    return address && { kind: 'link', ...address };
  }
  const phone = readPhoneNumber(body, candidate, match.index);
  return phone && { kind: 'phone', ...phone };
}
