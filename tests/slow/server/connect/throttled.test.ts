import { expect, onTestFinished, test, vi } from 'vitest';
import { jitter } from '@/lib/order/poll-policy';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';
import { startOrderServer } from '@/tests/support/order-server';
import { withShopper } from '@/tests/support/sending-server';
import { createVirtualTime } from '@/tests/support/virtual-time';

vi.setConfig({ testTimeout: 180_000 });

const PAGES = 500;
const CALLS_PER_SECOND = 20;
const WARM_UP_MS = 90 * secondMs;
const STEADY_MS = 120 * secondMs;

/** Numbers in [0, 1) that are pseudorandom, the same in every run (Park and Miller). */
function createRandom(): () => number {
  let state = 7;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test('500 pages share 20 calls per second with few refusals, and no page is older than 30 s', async () => {
  const clock = createFrozenClock();
  const time = createVirtualTime(clock);
  // A load that waits for its order would wait beside its own work, which virtual time cannot count.
  const overrides = { LIMITS: 'off', ORDER_DETAILS: 'off' };
  const server = await startOrderServer(overrides, time.wait, clock);
  onTestFinished(server.close);
  const { control } = server.simulator;
  const random = createRandom();
  const ages: number[] = [];
  const readAtMs = new Map<string, number>();
  let hasSettled = false;
  let hasLeft = false;

  async function visit(index: number): Promise<void> {
    const [orderId, userId] = [`order-${index}`, `user-${index}`];
    control.putOrder(orderId, { userId, script: withShopper });
    const token = await server.mint(orderId, { sub: userId });
    await time.wait(random() * 5 * secondMs);
    while (!hasLeft) {
      const response = await server.request(token);
      // The customer has seen this state until now.
      const shownMs = readAtMs.get(orderId);
      if (hasSettled && shownMs !== undefined) ages.push(clock.nowMs() - shownMs);
      const { asOf, pollAfterMs } = await response.json();
      if (asOf !== undefined) readAtMs.set(orderId, Date.parse(asOf));
      await time.wait(jitter(pollAfterMs ?? 2 * secondMs, random()));
    }
  }

  control.fault({
    route: 'order_messages',
    kind: 'rate-limit',
    perSecond: CALLS_PER_SECOND,
  });
  for (let index = 0; index < PAGES; index++) time.start(() => visit(index));
  await time.pass(WARM_UP_MS);
  hasSettled = true;
  const servedPages = readAtMs.size;
  control.clearCalls();
  await time.pass(STEADY_MS);
  // Pages that have not polled again count too.
  for (const shownMs of readAtMs.values()) ages.push(clock.nowMs() - shownMs);
  const calls = control.calls({ route: 'order_messages' });
  const refused = calls.filter(({ status }) => status === 429);

  control.clearFaults();
  control.clearCalls();
  hasSettled = false;
  await time.pass(180 * secondMs);
  control.clearCalls();
  await time.pass(20 * secondMs);
  const unlimitedCalls = control.calls({ route: 'order_messages' }).length;
  hasLeft = true;
  await time.pass(120 * secondMs);

  const figures = {
    servedPages,
    callsPerSecond: calls.length / (STEADY_MS / secondMs),
    refusedShare: refused.length / calls.length,
    oldestSeconds: Math.max(...ages) / secondMs,
    unlimitedCallsASecond: unlimitedCalls / 20,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  expect(figures.servedPages).toBe(PAGES);
  expect(figures.callsPerSecond).toBeGreaterThan(0.8 * CALLS_PER_SECOND);
  expect(figures.refusedShare).toBeLessThan(0.01);
  expect(figures.oldestSeconds).toBeLessThanOrEqual(30);
  // Without the limit each page is read every ten seconds again.
  expect(figures.unlimitedCallsASecond).toBeGreaterThan(45);
});
