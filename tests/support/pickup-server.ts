import { onTestFinished } from 'vitest';
import type { OrderView } from '@/lib/order/order-view';
import type { Call } from '@/tests/simulator/calls';
import type { OrderChanges } from '@/tests/simulator/order-changes';
import { shortenedWait, startOrderServer } from './order-server';

/** Starts an order server with the pickup order A-1, which is ready and has neither messages nor a vehicle. */
export async function startPickupServer(overrides: Record<string, string> = {}) {
  const server = await startOrderServer({ LIMITS: 'off', ...overrides }, shortenedWait);
  onTestFinished(server.close);
  const { control } = server.simulator;
  control.putOrder('A-1', { script: { ageMs: 0, steps: [] } });
  const setOrder = (changes: OrderChanges) => control.setOrder('A-1', changes);
  setOrder({ type: 'pickup', pickupCategory: 'curbside', state: 'ready_for_pickup' });
  const token = await server.mint('A-1');
  const read = async (orderId = 'A-1'): Promise<OrderView> => (await server.open(orderId)).json();
  const count = (route: Call['route']) => control.calls({ route }).length;
  return {
    ...server,
    control,
    setOrder,
    token,
    read,
    count,
    /** Numbers of reads of instructions and vehicle. */
    reads: () => [count('pickup'), count('vehicle')],
    async poll(times: number, intervalMs: number) {
      let view = await read();
      for (let index = 1; index < times; index++) {
        server.clock.advance(intervalMs);
        view = await read();
      }
      return view;
    },
  };
}
