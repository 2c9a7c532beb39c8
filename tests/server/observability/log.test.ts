import { expect, test } from 'vitest';
import { createLog, createLogRef, type RequestLine } from '@/lib/server/observability/log';

const request: RequestLine = {
  event: 'request',
  route: 'order_messages',
  status: 200,
  ms: 5,
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
};

test('a log entry is one line of JSON with its time and level', () => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => 0,
  );
  log({ ...request, linkRef: 'a\nb' });
  expect(lines).toEqual([
    '{"at":"1970-01-01T00:00:00.000Z","level":"info","event":"request","route":"order_messages","status":200,"ms":5,"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","linkRef":"a\\nb"}\n',
  ]);
});

test.each([
  ['error', 3],
  ['warn', 6],
  ['info', 9],
  ['debug', 10],
] as const)('at level %s, entries of this or a higher severity are written', (level, count) => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(JSON.parse(line)),
    () => 0,
    { maxLevel: level },
  );
  log({ ...request, status: 503, errorName: 'TypeError' });
  log({ event: 'page', page: 'order', status: 500, ms: 1 });
  log({ event: 'server', state: 'broken', errorName: 'TypeError' });
  log({ ...request, status: 503 });
  log({ event: 'redis', isUp: false });
  log({ event: 'redis', isUp: true });
  log(request);
  log({ ...request, status: 429 });
  log({ event: 'server', state: 'listening' });
  log({ event: 'page', page: 'order', status: 200, ms: 1 });
  expect(lines).toHaveLength(count);
  expect(lines.at(-1)).toHaveProperty('level', level);
});

test('a reference depends on the text and the secret, and has 8 hexadecimal digits', () => {
  const toRef = createLogRef(Buffer.alloc(32, 1));
  expect(toRef('order-1')).toMatch(/^[0-9a-f]{8}$/);
  expect(toRef('order-1')).toBe(toRef('order-1'));
  expect(toRef('order-1')).not.toBe(toRef('order-2'));
  expect(toRef('order-1')).not.toBe(createLogRef(Buffer.alloc(32, 2))('order-1'));
});
