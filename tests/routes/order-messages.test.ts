import { expect, test } from 'vitest';
import { startOrderServer } from '@/tests/support/order-server';

test('answers with the order as the customer may see it', async () => {
  const server = await startOrderServer();
  const response = await server.open('documented');
  expect(response.status).toBe(200);
  const view = await response.json();
  expect(view.chat.state).toBe('open');
  await server.simulator.close();
});
