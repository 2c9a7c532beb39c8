import { expect, test } from 'vitest';
import { toRepresentation } from '@/lib/server/orders/representation';
import { respondWithOrder, takesGzip } from '@/lib/server/api/order-response';
import { UNAVAILABLE_SNAPSHOT } from '@/lib/server/orders/to-order-view';
import { serializeOrder } from '@/lib/server/orders/serialized-order';

const connection = { peerAddress: '127.0.0.1' };
const view = toRepresentation(
  serializeOrder(UNAVAILABLE_SNAPSHOT),
  { access: 'full' },
  {
    asOfMs: Date.parse('2026-11-20T18:00:00Z'),
    stale: false,
    pollAfterMs: 10_000,
  },
);

const ask = (headers: Record<string, string>) =>
  new Request('http://localhost/api/order/messages', { headers });

test('a 304 and a response to a client without gzip support are not compressed', () => {
  const [gzip, known] = [{ 'accept-encoding': 'gzip' }, { 'if-none-match': view.etag }];
  expect(takesGzip(ask(gzip), connection, view)).toBe(true);
  expect(takesGzip(ask({ ...gzip, 'if-none-match': '"other"' }), connection, view)).toBe(true);
  expect(takesGzip(ask({ ...gzip, ...known }), connection, view)).toBe(false);
  expect(respondWithOrder(ask({ ...gzip, ...known }), connection, view).status).toBe(304);
  expect(takesGzip(ask({ 'accept-encoding': 'br' }), connection, view)).toBe(false);
  // Next compresses by itself.
  expect(takesGzip(ask(gzip), undefined, view)).toBe(false);
});
