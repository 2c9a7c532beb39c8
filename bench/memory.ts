import { setTimeout as sleep } from 'node:timers/promises';
import { shoppingScript } from '@/tests/simulator/shopping-scenario';
import { collectGarbage } from '@/tests/support/collect-garbage';
import { startOrderServer } from '@/tests/support/order-server';
import { startSimulatorProcess } from '@/tests/support/simulator-process';
import type { RatioRow } from './ratio-table';

// The memory of the server per open order, with everything that is cached for it.

const ORDERS = 2_000;
// The time until the deadlines of the last polls have passed.
const QUIET_MS = 9_000;

function readBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

export async function measureMemory(): Promise<RatioRow> {
  const simulator = await startSimulatorProcess();
  const server = await startOrderServer({ CONNECT_BASE_URL: simulator.url, LIMITS: 'off' });
  const tokens: string[] = [];
  for (let index = 0; index < ORDERS; index++) {
    const [orderId, userId] = [`order-${index}`, `customer-${index}`];
    await simulator.control.putOrder(orderId, { userId, script: shoppingScript });
    tokens.push(await server.mint(orderId, { sub: userId }));
  }
  // Browsers accept compressed answers, which are cached too.
  const poll = (token: string, encoding: string) => {
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': encoding };
    const request = new Request('http://localhost/api/order/messages', { headers });
    return server.services.getOrderMessages(request, { peerAddress: '127.0.0.1' });
  };
  // The first half is a warm-up.
  for (const token of tokens.slice(0, ORDERS / 2)) await poll(token, 'gzip');
  await sleep(QUIET_MS);
  const beforeBytes = readBytes();
  for (const token of tokens.slice(ORDERS / 2)) await poll(token, 'gzip');
  await sleep(QUIET_MS);
  const bytes = (readBytes() - beforeBytes) / (ORDERS / 2);
  const plain = await poll(tokens[0] ?? '', 'identity');
  const view = (await plain.arrayBuffer()).byteLength;
  await server.close();
  await simulator.close();
  return {
    measure: 'Memory of an open order',
    subject: 'ours',
    beside: 'its view',
    ratio: { min: bytes / view, median: bytes / view, max: bytes / view },
    value: `${(bytes / 1e3).toFixed(1)} KB, ${((bytes - view) / 1e3).toFixed(1)} beyond the view`,
  };
}
