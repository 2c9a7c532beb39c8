import 'server-only';
import { randomUUID } from 'node:crypto';

// W3C Trace Context, level 1: https://www.w3.org/TR/trace-context-1/. Propagates the trace id to Connect without
// recording spans. `tracestate` and `baggage` are neither read nor forwarded.

const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/s;
const SAMPLED = 1;

/** `traceId`: 32 hex digits. */
export type Trace = { traceId: string; isSampled: boolean };

/** Parses a `traceparent` header; undefined if it is absent or invalid, and the caller then starts a trace. */
export function parseTraceparent(header: string | null): Trace | undefined {
  const [, version, traceId = '', parentId = '', flags = '', rest] =
    TRACEPARENT.exec(header ?? '') ?? [];
  if (version === undefined || version === 'ff') return undefined;
  // Later versions may append fields; version 00 may not.
  if (version === '00' && rest !== undefined) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(parentId)) return undefined;
  return { traceId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

/** Starts a trace that is not sampled. */
export function startTrace(): Trace {
  return { traceId: toHex(32), isSampled: false };
}

/** Returns the `traceparent` header of one call, with a new span id. */
export function toTraceparent({ traceId, isSampled }: Trace): string {
  return `00-${traceId}-${toHex(16)}-${isSampled ? '01' : '00'}`;
}

// randomUUID is the fastest source, because Node caches its random bytes. The last 16 hex digits have 62 random bits.
function toHex(length: number): string {
  return randomUUID().replaceAll('-', '').slice(-length);
}
