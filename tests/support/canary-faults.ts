import type { FaultEffect } from '@/tests/simulator/faults';
import { hidden } from './canaries';

const body = {
  error: { message: hidden.errorText, code: 1, meta: { key: hidden.errorText } },
};
/** Faults of Connect whose answers contain hidden values. */
export const canaryFaults: FaultEffect[] = [
  { kind: 'status', status: 400, body },
  { kind: 'status', status: 403, body },
  { kind: 'status', status: 404, body },
  { kind: 'status', status: 500, body },
  { kind: 'status', status: 502, body: hidden.errorText, contentType: 'text/html' },
  { kind: 'status', status: 429, body },
  { kind: 'status', status: 200, body: `{"${hidden.errorText}`, contentType: 'application/json' },
  { kind: 'wrong-shape', body: { chat_messages: hidden.errorText } },
  { kind: 'redirect', location: `http://10.0.0.1/${hidden.errorText}` },
  { kind: 'unauthorized' },
  { kind: 'reset' },
  { kind: 'reset-mid-body' },
  { kind: 'drop-answer' },
  { kind: 'html' },
];

/** Routes of Connect that fail in the flows with faults. */
export const faultyRoutes = [
  ...(['order_messages', 'send', 'mark_read', 'decide'] as const),
  ...(['pickup', 'vehicle', 'set_vehicle', 'arrival'] as const),
];
