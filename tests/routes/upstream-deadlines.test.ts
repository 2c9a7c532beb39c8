import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Fault } from '@/tests/simulator/faults';
import type { Simulator } from '@/tests/simulator/simulator';
import { collectGarbage } from '@/tests/support/collect-garbage';
import { startOrderServer } from '@/tests/support/order-server';

// The subject is the deadline itself, so these wait for it, all at the same time.
vi.setConfig({ testTimeout: 30_000 });

const LIMIT_MS = 8_500;

const faults: Fault[] = [
  { route: 'order_messages', kind: 'hang' },
  { route: 'order_messages', kind: 'headers-then-hang' },
  { route: 'order_messages', kind: 'drip' },
  { route: 'order_messages', kind: 'slow', delayMs: 20_000 },
  { route: 'token', kind: 'hang' },
  { route: 'token', kind: 'headers-then-hang' },
  { route: 'token', kind: 'drip' },
];

// Vitest runs five tests at a time, so these begin before it does, once all their parts are loaded.
const servers = await Promise.all(
  faults.map(async (fault) => {
    const server = await startOrderServer();
    await server.request(await server.mint('shopping', { sub: 'somebody-else' }));
    return { fault, ...server };
  }),
);
const slowAnswers = servers.map(({ fault, simulator, open }) => ({
  name: `${fault.route}: ${fault.kind}`,
  answered: answerUnder(fault, simulator, open),
}));

async function answerUnder(
  fault: Fault,
  simulator: Simulator,
  open: (orderId: string) => Promise<Response>,
) {
  simulator.control.clearCalls();
  simulator.control.fault(fault);
  const limit = new AbortController();
  // A timer of the same event loop: a busy machine delays both.
  const late = wait(LIMIT_MS, undefined, { signal: limit.signal });
  const response = await Promise.race([open('shopping'), late]);
  limit.abort();
  await late.catch(() => undefined);
  const callCount = simulator.control.calls({ route: fault.route }).length;
  await simulator.close();
  return { status: response?.status, body: await response?.json(), callCount };
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

test.concurrent(
  'a call that hangs is given up also when garbage is collected meanwhile',
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

test.concurrent(
  'a token that was minted for a reader whose time ran out is there for the next',
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

test.concurrent('while one order hangs, others are served', async () => {
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

test.concurrent.for(slowAnswers)('$name is answered as too slow, in time', async ({ answered }) => {
  const { status, body, callCount } = await answered;
  expect(body).toMatchObject({ error: { code: 'upstream_timeout' } });
  expect(status).toBe(504);
  expect(callCount).toBeLessThanOrEqual(3);
});

test.concurrent('an answer within four seconds is in time', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'order_messages', kind: 'slow', delayMs: 3_500 });
  expect((await open('documented')).status).toBe(200);
  expect(simulator.control.calls({ route: 'order_messages' })).toHaveLength(1);
  await simulator.close();
});
