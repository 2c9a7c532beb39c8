import { expect, test } from 'vitest';
import { dayMs, minuteMs, secondMs } from '@/tests/simulator/clock';
import { startOrderServer } from '@/tests/support/order-server';

test('a token without expires_in is used', async () => {
  const { simulator, open } = await startOrderServer();
  simulator.control.fault({ route: 'token', kind: 'missing-expires-in' });
  expect((await open('shopping')).status).toBe(200);
  expect((await open('waiting')).status).toBe(200);
  expect(simulator.control.calls({ route: 'token' })).toHaveLength(1);
  await simulator.close();
});

test('a failed mint is not repeated for five seconds, for any number of orders', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const { control } = simulator;
  control.fault({ route: 'token', kind: 'status', status: 401, times: 1 });
  for (const orderId of ['shopping', 'waiting', 'delivered'])
    expect((await open(orderId)).status).toBe(503);
  expect(control.calls({ route: 'token' })).toHaveLength(1);
  clock.advance(5 * secondMs + 1);
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});

test('a token that is refused once is replaced, and the read succeeds', async () => {
  const { simulator, open } = await startOrderServer({ ORDER_DETAILS: 'off' });
  const { control } = simulator;
  control.fault({ route: 'order_messages', kind: 'unauthorized', times: 1 });
  expect((await open('shopping')).status).toBe(200);
  expect(control.calls().map(({ route }) => route)).toEqual([
    'token',
    'order_messages',
    'token',
    'order_messages',
  ]);
  await simulator.close();
});

test('at most two tokens per minute are minted while Connect refuses every token', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const { control } = simulator;
  for (const route of ['order_messages', 'order'] as const)
    control.fault({ route, kind: 'unauthorized' });
  for (let poll = 0; poll < 12; poll++) {
    const response = await open('shopping');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_unavailable' } });
    clock.advance(4 * secondMs);
  }
  expect(control.calls({ route: 'token' })).toHaveLength(2);
  control.clearFaults();
  clock.advance(minuteMs);
  expect((await open('shopping')).status).toBe(200);
  await simulator.close();
});

test('a token is used for its day and replaced before it expires', async () => {
  const { clock, simulator, open } = await startOrderServer();
  const { control } = simulator;
  await open('waiting');
  clock.advance(dayMs - 10 * minuteMs);
  await open('waiting');
  expect(control.calls({ route: 'token' })).toHaveLength(1);
  clock.advance(5 * minuteMs);
  await open('waiting');
  expect(control.calls({ route: 'token' })).toHaveLength(2);
  expect(control.calls({ route: 'order_messages' }).map(({ status }) => status)).toEqual([
    200, 200, 200,
  ]);
  await simulator.close();
});
