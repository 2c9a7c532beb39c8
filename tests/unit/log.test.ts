import { expect, test } from 'vitest';
import { createLog, createLogRef } from '@/lib/server/log';

test('a line is one line of JSON with its time', () => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => 0,
  );
  log({ event: 'request', route: 'order_messages', status: 200, ms: 5, linkRef: 'a\nb' });
  expect(lines).toEqual([
    '{"at":"1970-01-01T00:00:00.000Z","event":"request","route":"order_messages","status":200,"ms":5,"linkRef":"a\\nb"}\n',
  ]);
});

test('a reference is the same for the same text and secret alone, and gives nothing away', () => {
  const toRef = createLogRef(Buffer.alloc(32, 1));
  expect(toRef('order-1')).toMatch(/^[0-9a-f]{8}$/);
  expect(toRef('order-1')).toBe(toRef('order-1'));
  expect(toRef('order-1')).not.toBe(toRef('order-2'));
  expect(toRef('order-1')).not.toBe(createLogRef(Buffer.alloc(32, 2))('order-1'));
});
