import 'server-only';
import type { IncomingMessage } from 'node:http';
import { isAuthority } from './request-target';

// Checks header fields before any other code reads them.

const INT_RANGE = /^\s*(?:(\d+)\s*-\s*(\d*)|-\s*\d+)\s*$/;
const MAX_RANGES = 32;

/** Returns 400 for an invalid Host field, 416 for an invalid Range field, else undefined. */
export function findFault(request: IncomingMessage): 400 | 416 | undefined {
  if (!hasOneHost(request)) return 400;
  const { range } = request.headers;
  return range !== undefined && isInvalidRange(range) ? 416 : undefined;
}

// RFC 9112 §3.2: 400 for a missing, repeated or invalid Host; HTTP/1.0 has none.
function hasOneHost({ httpVersion, headers, rawHeaders }: IncomingMessage): boolean {
  const { host } = headers;
  if (host === undefined) return httpVersion === '1.0';
  const count = rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host',
  ).length;
  return count === 1 && isAuthority(host);
}

// RFC 9110 §14.1.1: a last position before the first makes the whole field invalid.
function isInvalidRange(field: string): boolean {
  const [unit = '', set = ''] = field.split('=', 2);
  if (unit.trim().toLowerCase() !== 'bytes') return false;
  const ranges = set.split(',', MAX_RANGES + 1);
  return ranges.length > MAX_RANGES || !ranges.every(isIntRange);
}

function isIntRange(text: string): boolean {
  const [whole, first, last] = INT_RANGE.exec(text) ?? [];
  return whole !== undefined && (first === undefined || !last || Number(last) >= Number(first));
}
