import { onTestFinished } from 'vitest';
import type { OrderView } from '@/lib/order/order-view';
import { startOrderServer } from './order-server';

/** Starts an order server with the order A-1, which has no messages and the groceries of the simulator. */
export async function startItemsServer(overrides: Record<string, string> = {}) {
  const server = await startOrderServer(overrides);
  onTestFinished(server.close);
  const { control } = server.simulator;
  control.putOrder('A-1', { script: { ageMs: 0, steps: [] } });
  const read = async (orderId = 'A-1'): Promise<OrderView> => (await server.open(orderId)).json();
  return {
    ...server,
    control,
    read,
    notify: () => control.addMessage('A-1', { notice: { body: 'News', media: ['push'] } }),
    itemCalls: () => control.calls({ route: 'items' }).length,
    async poll(count: number, intervalMs: number) {
      let view = await read();
      for (let index = 1; index < count; index++) {
        server.clock.advance(intervalMs);
        view = await read();
      }
      return view;
    },
  };
}
