import { expect, test } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { startOrderServer } from '@/tests/support/order-server';

test('while Connect fails most of the time, readers are answered at once and nothing is sent', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const { control } = simulator;
  control.fault({ route: 'order_messages', kind: 'status', status: 503 });
  for (const orderId of ['shopping', 'waiting', 'delivered', 'cancelled'])
    expect((await open(orderId)).status).toBe(503);
  const callCount = control.calls().length;

  const startedAtMs = performance.now();
  const refused = await open('long');
  expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({
    error: { code: 'upstream_unavailable' },
    pollAfterMs: 5_000,
  });
  expect(control.calls()).toHaveLength(callCount);

  control.clearFaults();
  clock.advance(5 * secondMs);
  expect((await open('long')).status).toBe(200);
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});

test('refusals of Connect are answers, so they do not stop the calls of others', async () => {
  const { simulator, open } = await startOrderServer();
  for (let reader = 0; reader < 20; reader++)
    expect((await open(`unknown-${reader}`)).status).toBe(404);
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});
