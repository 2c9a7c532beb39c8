import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createRunningClock } from '@/tests/simulator/clock';
import type { Fault } from '@/tests/simulator/faults';
import { collectGarbage } from '@/tests/support/collect-garbage';
import { startOrderServer } from '@/tests/support/order-server';

// These tests wait for the real deadline, so they run concurrently.
vi.setConfig({ testTimeout: 30_000 });

// The deadline is 8 s; a busy machine is late by seconds.
const LIMIT_MS = 14_000;

/** A server with a running clock that has already made calls for another customer. */
async function start(...faults: Fault[]) {
  const server = await startOrderServer({}, sleep, createRunningClock());
  await server.request(await server.mint('shopping', { sub: 'somebody-else' }));
  for (const fault of faults) server.simulator.control.fault(fault);
  return server;
}

test.concurrent(
  'an order that takes two seconds after a token of two seconds is returned',
  async () => {
    const { simulator, open } = await startOrderServer();
    simulator.control.fault({ route: 'token', kind: 'delay', delayMs: 2_000 });
    simulator.control.fault({ route: 'order_messages', kind: 'delay', delayMs: 2_000 });
    expect((await open('shopping')).status).toBe(200);
    await simulator.close();
  },
);

test.concurrent('a hung call is retried, and the order is returned in time', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'order_messages', kind: 'hang', times: 1 });
  const startedAtMs = performance.now();
  expect((await open('shopping')).status).toBe(200);
  expect(performance.now() - startedAtMs).toBeLessThan(LIMIT_MS);
  await simulator.close();
});

test.concurrent(
  'a hung call is aborted and retried even if garbage is collected meanwhile',
  async () => {
    const { simulator, open } = await startOrderServer();
    simulator.control.fault({ route: 'order_messages', kind: 'hang', times: 1 });
    const opened = open('shopping');
    await vi.waitFor(() =>
      expect(simulator.control.calls({ route: 'order_messages' })).toHaveLength(1),
    );
    for (let round = 0; round < 3; round++) collectGarbage();
    expect((await opened).status).toBe(200);
    await simulator.close();
  },
);

test.concurrent('a call is retried after a Retry-After of one second', async () => {
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

test.concurrent(
  'a token that was minted for a reader that timed out is used for the next one',
  async () => {
    const { simulator, open } = await startOrderServer();
    const { control } = simulator;
    control.fault({ route: 'token', kind: 'slow', delayMs: 2_500 });
    control.fault({ route: 'order_messages', kind: 'hang', times: 2 });
    expect((await open('shopping')).status).toBe(504);
    expect((await open('shopping')).status).toBe(200);
    expect(control.calls({ route: 'token' })).toHaveLength(1);
    await simulator.close();
  },
);

test.concurrent('other orders are served while one order hangs', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'order_messages', orderId: 'shopping', kind: 'hang' });
  let isAnswered = false;
  const hung = open('shopping').finally(() => {
    isAnswered = true;
  });
  for (const orderId of ['waiting', 'delivered', 'long'])
    expect((await open(orderId)).status).toBe(200);
  expect(isAnswered).toBe(false);
  expect((await hung).status).toBe(504);
  await simulator.close();
});

const noThread: Fault = { route: 'order_messages', kind: 'hang' };
const noAnswer: Fault = { route: 'send', kind: 'hang' };

test.concurrent.each<[string, Fault[]]>([
  ['whose answer and whose thread do not come', [noThread, noAnswer]],
  [
    'that had to wait for a token, too',
    [noThread, noAnswer, { route: 'token', kind: 'slow', delayMs: 3_000 }],
  ],
  [
    'that had to wait for its double, too',
    [noThread, noAnswer, { route: 'send', kind: 'slow', delayMs: 3_000, times: 1 }],
  ],
  ['whose double hangs, too, as long as it does', [noThread, noAnswer]],
])('a message %s is answered in time', async (name, faults) => {
  const { simulator, mint, post } = await start(...faults);
  const token = await mint('shopping');
  const startedAtMs = performance.now();
  const sending = Array.from({ length: name.includes('double') ? 3 : 1 }, async () => {
    const response = await post(token, { clientMessageId: randomUUID(), body: 'Yes' });
    return { status: response.status, tookMs: performance.now() - startedAtMs };
  });
  for (const { status, tookMs } of await Promise.all(sending)) {
    expect([201, 503, 504]).toContain(status);
    expect(tookMs).toBeLessThan(LIMIT_MS);
  }
  await simulator.close();
});

test.concurrent('a response of Connect within four seconds is not retried', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'order_messages', kind: 'slow', delayMs: 3_500 });
  expect((await open('documented')).status).toBe(200);
  expect(simulator.control.calls({ route: 'order_messages' })).toHaveLength(1);
  await simulator.close();
});
