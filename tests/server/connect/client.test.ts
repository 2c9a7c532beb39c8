import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createConnectClient } from '@/lib/server/connect/client';
import { createAdaptiveRateLimiter } from '@/lib/server/connect/adaptive-rate';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { demoUserId } from '@/tests/simulator/people';
import { startSimulator } from '@/tests/simulator/simulator';

vi.setConfig({ testTimeout: 30_000 });

type Options = Parameters<typeof createConnectClient>[0];

async function start(options: Partial<Options> = {}) {
  const clock = createFrozenClock();
  const simulator = await startSimulator({ clock });
  onTestFinished(simulator.close);
  const client = createConnectClient({
    baseUrl: simulator.url,
    retailerId: undefined,
    account: { clientId: 'demo-client', clientSecret: 'demo-secret' },
    now: clock.nowMs,
    random: Math.random,
    wait: async () => undefined,
    adaptiveRate: createAdaptiveRateLimiter(clock.nowMs),
    sharedTokens: undefined,
    ...options,
  });
  const { control } = simulator;
  return {
    clock,
    control,
    client,
    reads: () => control.calls({ route: 'order_messages' }).length,
    addFault: (effect: FaultEffect & { share?: number; delayMs?: number }) =>
      control.fault({ route: 'order_messages', ...effect }),
    /** The answer's kind, or the code of the problem. */
    read: (orderId: string) =>
      client.getOrderMessages(orderId, demoUserId).then(
        ({ kind }) => kind,
        (problem: unknown) => problem instanceof Error && problem.message,
      ),
  };
}

async function repeat(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index++) await work(index);
}

const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

test('the deadline of eight seconds covers the rate limit, the token and the order', async () => {
  const { control, read } = await start({
    wait: sleep,
    adaptiveRate: { ...createAdaptiveRateLimiter(Date.now), reserve: () => 3_500 },
  });
  control.fault({ route: 'token', kind: 'slow', delayMs: 2_000 });
  const startedAtMs = performance.now();
  expect(await read('shopping')).toBe('upstream_timeout');
  // The deadline is 8 s; a busy machine is late by seconds.
  expect(performance.now() - startedAtMs).toBeLessThan(16_000);
});

test('at most ten of 30 failing calls reach Connect, and one success allows all', async () => {
  const { clock, control, reads, addFault, read } = await start();
  addFault({ kind: 'status', status: 500 });
  await repeat(30, (index) => read(`live-${index}`));
  expect(reads()).toBeLessThanOrEqual(10);
  control.clearFaults();
  expect(await read('shopping')).toBe('upstream_unavailable');
  clock.advance(5 * secondMs);
  expect(await read('shopping')).toBe('messages');
  const results = await times(30, (index) => read(`live-${index}`));
  expect(new Set(results)).toEqual(new Set(['messages']));
});

test('only one of 200 concurrent reads probes whether Connect is available', async () => {
  const { clock, control, reads, addFault, read } = await start();
  addFault({ kind: 'status', status: 500 });
  await repeat(10, (index) => read(`live-${index}`));
  clock.advance(5 * secondMs);
  control.clearCalls();
  const results = await times(200, (index) => read(`live-${index}`));
  expect(new Set(results)).toEqual(new Set(['upstream_unavailable']));
  expect(reads()).toBe(1);
});

test('a failing order does not stop other orders and is called at most eleven times', async () => {
  const { clock, control, read } = await start();
  control.fault({ route: 'order_messages', orderId: 'delivered', kind: 'status', status: 500 });
  await repeat(20, async () => {
    expect(await read('delivered')).toBe('upstream_unavailable');
    expect(await read('shopping')).toBe('messages');
    clock.advance(250);
  });
  const failed = control.calls({ route: 'order_messages', orderId: 'delivered' });
  expect(failed.length).toBeLessThanOrEqual(11);
});

test('fewer than 100 of 10,000 failing reads reach Connect', async () => {
  const { clock, reads, addFault, read } = await start();
  addFault({ kind: 'status', status: 503 });
  await repeat(10_000, (index) => {
    clock.advance(20);
    return read(`live-${index % 500}`);
  });
  // The breaker allows one probe every five seconds.
  expect(reads()).toBeLessThan(100);
});

test('retries are at most a tenth of all calls and are spread evenly', async () => {
  const waitsMs: number[] = [];
  const { clock, reads, addFault, read } = await start({
    wait: async (delayMs) => void waitsMs.push(delayMs),
  });
  // This share of failures does not open the shared breaker.
  addFault({ kind: 'status', status: 503, share: 0.4 });
  const count = 5_000;
  await repeat(count, (index) => {
    clock.advance(100);
    return read(`live-${index % 500}`);
  });
  const firstCount = reads() - waitsMs.length;
  expect(waitsMs.length).toBeLessThan(0.1 * firstCount);
  expect(waitsMs.length).toBeGreaterThan(0.08 * firstCount);
  expect(Math.max(...waitsMs)).toBeLessThan(400);
  const bins = [0, 50, 100, 150].map(
    (fromMs) => waitsMs.filter((delayMs) => delayMs >= fromMs && delayMs < fromMs + 50).length,
  );
  const mean = waitsMs.length / bins.length;
  expect(Math.max(...bins)).toBeLessThan(2 * mean);
  expect(Math.min(...bins)).toBeGreaterThan(mean / 2);
});

test('reads and messages are refused at once while 200 calls wait for Connect', async () => {
  const { client, control, reads, addFault, read } = await start();
  addFault({ kind: 'slow', delayMs: 100 });
  const waiting = times(200, (index) => read(`live-${index}`));
  await expect(client.getOrderMessages('shopping', demoUserId)).rejects.toMatchObject({
    code: 'upstream_unavailable',
    retryAfterMs: 2_000,
  });
  expect(await client.sendMessage('shopping', demoUserId, 'Hello')).toEqual({
    kind: 'unavailable',
    retryAfterMs: 2_000,
  });
  expect(reads()).toBe(0);
  expect(new Set(await waiting)).toEqual(new Set(['messages']));
  expect(await read('shopping')).toBe('messages');
  expect(control.calls({ route: 'send' })).toEqual([]);
});
