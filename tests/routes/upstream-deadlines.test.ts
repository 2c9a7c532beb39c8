import { expect, test, vi } from 'vitest';
import type { Fault } from '@/tests/simulator/faults';
import { startOrderServer } from '@/tests/support/order-server';

// The subject is the deadline itself, so these wait for it, all at the same time.
vi.setConfig({ testTimeout: 30_000 });

const LIMIT_MS = 8_500;

const slowAnswers = (
  [
    { route: 'order_messages', kind: 'hang' },
    { route: 'order_messages', kind: 'headers-then-hang' },
    { route: 'order_messages', kind: 'drip' },
    { route: 'order_messages', kind: 'slow', delayMs: 20_000 },
    { route: 'token', kind: 'hang' },
    { route: 'token', kind: 'headers-then-hang' },
    { route: 'token', kind: 'drip' },
  ] satisfies Fault[]
).map((fault) => ({ name: `${fault.route}: ${fault.kind}`, answered: answerUnder(fault) }));

async function answerUnder(fault: Fault) {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault(fault);
  const startedAtMs = performance.now();
  const response = await open('shopping');
  const tookMs = performance.now() - startedAtMs;
  const callCount = simulator.control.calls({ route: fault.route }).length;
  await simulator.close();
  return { status: response.status, body: await response.json(), tookMs, callCount };
}

test.concurrent(
  'an answer of two seconds, after a token of two seconds, is waited for',
  async () => {
    const { simulator, open } = await startOrderServer();
    simulator.control.fault({ route: 'token', kind: 'delay', delayMs: 2_000 });
    simulator.control.fault({ route: 'order_messages', kind: 'delay', delayMs: 2_000 });
    expect((await open('shopping')).status).toBe(200);
    await simulator.close();
  },
);

test.concurrent('one hung call is repeated, and the order is shown in time', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'order_messages', kind: 'hang', times: 1 });
  const startedAtMs = performance.now();
  expect((await open('shopping')).status).toBe(200);
  expect(performance.now() - startedAtMs).toBeLessThan(LIMIT_MS);
  await simulator.close();
});

test.concurrent('a Retry-After of a second is waited for', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({
    route: 'order_messages',
    kind: 'status',
    status: 429,
    retryAfter: '1',
    times: 1,
  });
  const startedAtMs = performance.now();
  expect((await open('shopping')).status).toBe(200);
  expect(performance.now() - startedAtMs).toBeGreaterThan(990);
  await simulator.close();
});

test.concurrent('a token that comes too late for one reader is there for the next', async () => {
  const { simulator, open } = await startOrderServer();
  const { control } = simulator;
  control.fault({ route: 'token', kind: 'slow', delayMs: 2_500 });
  control.fault({ route: 'order_messages', kind: 'hang', times: 3 });
  expect((await open('shopping')).status).toBe(504);
  expect((await open('shopping')).status).toBe(200);
  expect(control.calls({ route: 'token' })).toHaveLength(1);
  await simulator.close();
});

test.concurrent('while one order hangs, others are served', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'order_messages', orderId: 'shopping', kind: 'hang' });
  const hung = open('shopping');
  const startedAtMs = performance.now();
  for (const orderId of ['waiting', 'delivered', 'long'])
    expect((await open(orderId)).status).toBe(200);
  expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  expect((await hung).status).toBe(504);
  await simulator.close();
});

test.concurrent.for(slowAnswers)('$name is answered as too slow, in time', async ({ answered }) => {
  const { status, body, tookMs, callCount } = await answered;
  expect(body).toMatchObject({ error: { code: 'upstream_timeout' } });
  expect(status).toBe(504);
  expect(tookMs).toBeLessThan(LIMIT_MS);
  expect(callCount).toBeLessThanOrEqual(3);
});
