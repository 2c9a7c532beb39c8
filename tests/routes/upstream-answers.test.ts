import { expect, test } from 'vitest';
import type { FaultEffect } from '@/tests/simulator/faults';
import { secondMs } from '@/tests/simulator/clock';
import { startOrderServer } from '@/tests/support/order-server';

type Expected = { status: number; code: string; calls: number };

const refused = { status: 503, code: 'upstream_unavailable', calls: 1 };
const failed = { status: 503, code: 'upstream_unavailable', calls: 3 };
const nonsense = { status: 502, code: 'upstream_invalid', calls: 1 };
const otherError = { error: { message: 'canary', code: 1234 }, meta: {} };

test.concurrent.each<[FaultEffect, Expected]>([
  [{ kind: 'status', status: 400 }, refused],
  [{ kind: 'several-errors' }, refused],
  [{ kind: 'status', status: 403, body: otherError }, refused],
  [{ kind: 'status', status: 403, body: '<h1>canary</h1>', contentType: 'text/html' }, refused],
  [
    { kind: 'status', status: 404 },
    { status: 404, code: 'order_not_found', calls: 1 },
  ],
  [
    { kind: 'status', status: 404, body: '<h1>canary</h1>', contentType: 'text/html' },
    { status: 503, code: 'upstream_unavailable', calls: 1 },
  ],
  [{ kind: 'status', status: 418 }, refused],
  [{ kind: 'status', status: 408 }, failed],
  [{ kind: 'status', status: 429 }, failed],
  [{ kind: 'status', status: 500 }, failed],
  [{ kind: 'status', status: 500, body: '{"canary', contentType: 'application/json' }, failed],
  [{ kind: 'status', status: 502, body: '<h1>canary</h1>', contentType: 'text/html' }, failed],
  [{ kind: 'status', status: 503 }, failed],
  [{ kind: 'status', status: 504 }, failed],
  [{ kind: 'status', status: 204, body: '' }, nonsense],
  [{ kind: 'status', status: 201, body: {} }, nonsense],
  [{ kind: 'redirect' }, nonsense],
  [{ kind: 'html' }, nonsense],
  [{ kind: 'invalid-json' }, nonsense],
  [{ kind: 'wrong-shape' }, nonsense],
  [{ kind: 'wrong-shape', body: null }, nonsense],
  [{ kind: 'wrong-shape', body: [] }, nonsense],
  [{ kind: 'wrong-shape', body: 'canary' }, nonsense],
  [{ kind: 'missing-field', path: 'chat_messages' }, nonsense],
  [{ kind: 'missing-field', path: 'lifecycle_messages' }, nonsense],
  [{ kind: 'missing-field', path: 'metadata' }, nonsense],
  [{ kind: 'missing-field', path: 'metadata.is_expired' }, nonsense],
  [{ kind: 'missing-field', path: 'metadata.customer' }, nonsense],
  [{ kind: 'missing-field', path: 'metadata.shoppers' }, nonsense],
  [{ kind: 'missing-field', path: 'chat_messages.*.body' }, nonsense],
  [{ kind: 'wrong-type', path: 'metadata.is_expired', value: 'no' }, nonsense],
  [{ kind: 'wrong-type', path: 'chat_messages', value: {} }, nonsense],
  [{ kind: 'wrong-type', path: 'lifecycle_messages.*', value: null }, nonsense],
  [{ kind: 'invalid-dates' }, nonsense],
  [{ kind: 'huge' }, nonsense],
  [{ kind: 'huge', sizeBytes: 1_048_577 }, nonsense],
  [{ kind: 'gzip-bomb' }, nonsense],
  [{ kind: 'wrong-content-length', byBytes: -50 }, nonsense],
  [{ kind: 'wrong-content-length' }, failed],
  [{ kind: 'reset' }, failed],
  [{ kind: 'reset-mid-body' }, failed],
  [{ kind: 'drop-answer' }, failed],
])(
  '%j is told by its code',
  async (effect, { status, code, calls }) => {
    const { simulator, logLines, open } = await startOrderServer();
    simulator.control.fault({ route: 'order_messages', ...effect });
    const response = await open('shopping');
    const text = await response.text();
    expect({ status: response.status, ...JSON.parse(text) }).toMatchObject({
      status,
      error: { code },
    });
    expect(text).not.toContain('canary');
    expect(simulator.control.calls({ route: 'order_messages' })).toHaveLength(calls);
    expect(simulator.control.calls({ route: 'token' })).toHaveLength(1);
    expect(logLines.map((line) => JSON.parse(line))).toMatchObject([{ status, code }]);
    expect(JSON.parse(logLines[0] ?? '')).not.toHaveProperty('errorName');
    await simulator.close();
  },
  20_000,
);

test.concurrent.each<FaultEffect>([
  { kind: 'status', status: 503 },
  { kind: 'status', status: 408 },
  { kind: 'status', status: 429 },
  { kind: 'reset' },
  { kind: 'reset-mid-body' },
])('%j that comes once or twice is not noticed', async (effect) => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'order_messages', ...effect, times: 2 });
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});

test.concurrent.each<FaultEffect>([
  { kind: 'huge', sizeBytes: 1_000_000 },
  { kind: 'gzip-bomb', sizeBytes: 1_000_000 },
  { kind: 'unknown-fields' },
  { kind: 'status', status: 403 },
])('%j is no fault', async (effect) => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'order_messages', ...effect });
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});

test('removed shopper information is a state and not a fault', async () => {
  const { simulator, open } = await startOrderServer();
  const { control } = simulator;
  control.fault({ route: 'order_messages', kind: 'status', status: 403 });
  const view = await (await open('shopping')).json();
  expect(view.chat.state).toBe('unavailable');
  expect(view).not.toHaveProperty('pollAfterMs');
  expect(control.calls({ route: 'order_messages' })).toHaveLength(1);
  await simulator.close();
});

test('a Retry-After beyond the deadline is passed on instead of waited for', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const { control } = simulator;
  const at = (ms: number) => new Date(clock.nowMs() + ms).toUTCString();
  const cases = [
    () => ['20', '20'],
    () => ['999999999999', '30'],
    () => [at(12 * secondMs), '12'],
    () => [at(86_400 * secondMs), '30'],
  ];
  for (const compose of cases) {
    const [retryAfter = '', seconds = ''] = compose();
    control.clearCalls();
    control.fault({ route: 'order_messages', kind: 'status', status: 429, retryAfter });
    const response = await open('shopping');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, seconds]);
    expect(await response.json()).toMatchObject({ pollAfterMs: Number(seconds) * 1_000 });
    expect((await open('delivered')).headers.get('retry-after')).toBe(seconds);
    expect(control.calls({ route: 'order_messages' })).toHaveLength(1);
    clock.advance(30 * secondMs);
  }
  await simulator.close();
});

test('a Retry-After that says nothing is as good as none', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({
    route: 'order_messages',
    kind: 'status',
    status: 503,
    retryAfter: 'in a while',
  });
  const response = await open('shopping');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, null]);
  await simulator.close();
});

test('a Connect that is not there is unavailable, and served again once it is back', async () => {
  const { clock, simulator, open } = await startOrderServer();
  await simulator.control.stop();
  expect((await open('shopping')).status).toBe(503);
  await simulator.control.restart();
  clock.advance(5 * secondMs + 1);
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});
