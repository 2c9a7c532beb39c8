import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { collectGarbage } from '@/tests/support/collect-garbage';
import { shortenedWait, startOrderServer } from '@/tests/support/order-server';

vi.setConfig({ testTimeout: 90_000 });
const waitOptions = { timeout: 10_000 };

const ORDERS = 45;
// The server keeps at most 64 idle connections.
const MAX_KEPT = 64;

const countSockets = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

type Effect = FaultEffect & { delayMs?: number };

const hangingFaults: Effect[] = [
  { kind: 'hang' },
  { kind: 'headers-then-hang' },
  { kind: 'drip' },
  { kind: 'slow', delayMs: 20_000 },
];
const failingFaults: Effect[] = [
  { kind: 'reset' },
  { kind: 'reset-mid-body' },
  { kind: 'drop-answer' },
  { kind: 'wrong-content-length' },
  { kind: 'huge', sizeBytes: 1_200_000 },
  { kind: 'gzip-bomb', sizeBytes: 1_200_000 },
  { kind: 'html' },
  { kind: 'status', status: 500 },
];

async function start() {
  const server = await startOrderServer({ LIMITS: 'off' }, shortenedWait);
  onTestFinished(server.close);
  const tokens = await Promise.all(
    Array.from({ length: ORDERS }, (_, index) => server.mint(`live-${index}`)),
  );
  const requestAll = async (makeRequest: (token: string) => Promise<Response>) => {
    const answers = await Promise.all(tokens.map(makeRequest));
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    return new Set(answers.map(({ status }) => status));
  };
  return {
    ...server,
    control: server.simulator.control,
    readAll: () => requestAll(server.request),
    sendAll: () =>
      requestAll((token) => server.post(token, { clientMessageId: randomUUID(), body: 'Hello' })),
  };
}

/** Reads and sends to all orders under the fault; returns the calls that reached Connect. */
async function runUnderFault(fault: Effect) {
  const { control, clock, readAll, sendAll } = await start();
  // These reads open connections that a fault could block.
  expect(await readAll()).toEqual(new Set([200]));
  expect(control.connectionCount()).toBeGreaterThanOrEqual(ORDERS);
  clock.advance(2 * secondMs);
  for (const route of ['order_messages', 'send'] as const) control.fault({ route, ...fault });
  control.clearCalls();
  expect(await Promise.all([readAll(), sendAll()])).toEqual([new Set([200]), new Set([504])]);
  const calls = control.calls().map(({ route }) => route);
  return { fault, control, calls };
}

test('1,080 requests under twelve faults reach Connect and leak no connection', async () => {
  const before = countSockets();
  // Hanging faults run concurrently; each of the other faults uses the CPU of this process.
  const outcomes = await Promise.all(hangingFaults.map(runUnderFault));
  for (const fault of failingFaults) outcomes.push(await runUnderFault(fault));
  for (const { fault, calls } of outcomes) {
    const sends = calls.filter((route) => route === 'send');
    // The server also looks for messages in the thread, until the circuit breaker opens.
    const readings = calls.filter((route) => route === 'order_messages');
    expect([fault, sends.length]).toEqual([fault, ORDERS]);
    expect([fault, readings.length >= ORDERS]).toEqual([fault, true]);
  }
  await vi.waitFor(() => {
    for (const { fault, control } of outcomes) {
      expect([fault, control.waitingCount()]).toEqual([fault, 0]);
      expect([fault, control.connectionCount() <= MAX_KEPT]).toEqual([fault, true]);
    }
    // Only sockets of the simulator count: idle sockets of the server are not active resources.
    const kept = outcomes.reduce((sum, { control }) => sum + control.connectionCount(), 0);
    expect(countSockets() - before).toBeLessThanOrEqual(kept);
  }, waitOptions);
});

test('the heap does not grow with the number of failed requests', async () => {
  const { control, logLines, mint, request, post } = await start();
  const [long, token] = [await mint('long'), await mint('shopping')];
  control.fault({ route: 'order_messages', kind: 'invalid-json' });
  control.fault({ route: 'send', kind: 'status', status: 418 });

  async function failAndMeasure(count: number): Promise<number> {
    for (let index = 0; index < count; index++) {
      expect((await request(long)).status).toBe(502);
      const message = { clientMessageId: randomUUID(), body: 'Hello' };
      expect((await post(token, message)).status).toBe(503);
    }
    control.clearCalls();
    logLines.length = 0;
    collectGarbage();
    return process.memoryUsage().heapUsed;
  }

  const first = await failAndMeasure(200);
  const grown = (await failAndMeasure(1_000)) - first;
  // Only a record of each message remains, not the responses of 300 KB each.
  expect(grown).toBeLessThan(10_000_000);
});
