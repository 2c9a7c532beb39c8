import type { IncomingHttpHeaders } from 'node:http';

export type ConnectRoute =
  | 'order_messages'
  | 'order'
  | 'items'
  | 'decide'
  | 'token'
  | 'send'
  | 'chat'
  | 'mark_read'
  | 'revoke'
  | 'pickup'
  | 'vehicle'
  | 'set_vehicle'
  | 'arrival';

export type Call = {
  route: ConnectRoute;
  orderId?: string;
  /** The user of the token that was sent or requested. */
  userId?: string;
  /** Absent until the call is answered, and always if the connection is cut before. */
  status?: number;
  atMs: number;
  headers: Record<string, string>;
  /** The text that a customer sent. */
  message?: string;
  /** The item of a decision. */
  itemId?: string;
};

export type CallFilter = { route?: ConnectRoute; orderId?: string; userId?: string };

const recordedHeaders = [
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'baggage',
  'content-type',
  'traceparent',
  'tracestate',
  'user-agent',
  'x-retailer-id',
];

export function filterCalls(calls: Call[], filter: CallFilter = {}): Call[] {
  return calls.filter(
    (call) =>
      (filter.route === undefined || call.route === filter.route) &&
      (filter.orderId === undefined || call.orderId === filter.orderId) &&
      (filter.userId === undefined || call.userId === filter.userId),
  );
}

export function pickHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    recordedHeaders.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
