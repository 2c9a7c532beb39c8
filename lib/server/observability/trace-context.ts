import 'server-only';
import { randomUUID } from 'node:crypto';

// W3C Trace Context, level 1: https://www.w3.org/TR/trace-context-1/. No spans are recorded here, the
// thread through the systems is only not cut. Neither tracestate nor baggage is taken or passed on.

const SHAPE = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/s;
const SAMPLED = 1;

export type Trace = { traceId: string; isSampled: boolean };

/** Undefined for what is no traceparent: then a trace begins here. */
export function parseTraceparent(header: string | null): Trace | undefined {
  const [, version, traceId = '', parentId = '', flags = '', rest] = SHAPE.exec(header ?? '') ?? [];
  if (version === undefined || version === 'ff') return undefined;
  // Later versions may say more behind what is known; this one may not.
  if (version === '00' && rest !== undefined) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(parentId)) return undefined;
  return { traceId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

export function startTrace(): Trace {
  return { traceId: toHex(32), isSampled: false };
}

/** The header of one call, which is a span of its own. */
export function toTraceparent({ traceId, isSampled }: Trace): string {
  return `00-${traceId}-${toHex(16)}-${isSampled ? '01' : '00'}`;
}

// The quickest randomness there is, drawn ahead by the hundred; its end is all random.
function toHex(length: number): string {
  return randomUUID().replaceAll('-', '').slice(-length);
}
