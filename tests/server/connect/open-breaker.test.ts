import { expect, test } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { startOrderServer } from '@/tests/support/order-server';

test('reads get 503 without a call to Connect while the circuit breaker is open', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const { control } = simulator;
  control.fault({ route: 'order_messages', kind: 'status', status: 503 });
  for (const orderId of ['shopping', 'waiting', 'delivered', 'cancelled'])
    expect((await open(orderId)).status).toBe(503);
  const callCount = control.calls().length;

  const refused = await open('long');
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

test('a 404 for an unknown order leaves the circuit breaker closed', async () => {
  const { simulator, open } = await startOrderServer();
  for (let reader = 0; reader < 20; reader++)
    expect((await open(`unknown-${reader}`)).status).toBe(404);
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});
