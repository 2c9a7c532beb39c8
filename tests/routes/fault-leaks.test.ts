import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { collectGarbage } from '@/tests/support/collect-garbage';
import { hurriedWait, startOrderServer } from '@/tests/support/order-server';

vi.setConfig({ testTimeout: 40_000 });

// As many as one server keeps for its next calls.
const MAX_KEPT = 64;

const countSockets = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

const faults: (FaultEffect & { delayMs?: number })[] = [
  { kind: 'hang' },
  { kind: 'headers-then-hang' },
  { kind: 'drip' },
  { kind: 'slow', delayMs: 20_000 },
  { kind: 'reset' },
  { kind: 'reset-mid-body' },
  { kind: 'drop-answer' },
  { kind: 'wrong-content-length' },
  { kind: 'huge', sizeBytes: 2_000_000 },
  { kind: 'gzip-bomb', sizeBytes: 2_000_000 },
  { kind: 'html' },
  { kind: 'status', status: 500 },
];

async function start() {
  const server = await startOrderServer({ LIMITS: 'off' }, hurriedWait);
  onTestFinished(server.close);
  const tokens = await Promise.all(
    Array.from({ length: 45 }, (_, index) => server.mint(`live-${index}`)),
  );
  const askAll = async (ask: (token: string) => Promise<Response>) => {
    const answers = await Promise.all(tokens.map(ask));
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    return new Set(answers.map(({ status }) => status));
  };
  return {
    ...server,
    control: server.simulator.control,
    readAll: () => askAll(server.request),
    sendAll: () =>
      askAll((token) => server.post(token, { clientMessageId: randomUUID(), body: 'Hello' })),
  };
}

test('1,080 requests under twelve faults leave no connection behind', async () => {
  const servers = await Promise.all(faults.map(start));
  const before = countSockets();
  await Promise.all(
    servers.map(async ({ control, clock, readAll, sendAll }, index) => {
      // So that connections are there, which a fault could block.
      expect(await readAll()).toEqual(new Set([200]));
      clock.advance(2 * secondMs);
      const fault = faults[index] ?? { kind: 'hang' };
      for (const route of ['order_messages', 'send'] as const) control.fault({ route, ...fault });
      await Promise.all([readAll(), sendAll()]);
    }),
  );
  await vi.waitFor(() => {
    for (const { control } of servers) expect(control.waitingCount()).toBe(0);
    expect(countSockets() - before).toBeLessThanOrEqual(MAX_KEPT * faults.length);
  });
});

test('after thousands of failures the memory is what it was after the first hundreds', async () => {
  const { control, logLines, mint, request, post } = await start();
  const [long, token] = [await mint('long'), await mint('shopping')];
  control.fault({ route: 'order_messages', kind: 'invalid-json' });
  control.fault({ route: 'send', kind: 'status', status: 418 });

  async function failAndMeasure(count: number): Promise<number> {
    for (let index = 0; index < count; index++) {
      expect((await request(long)).status).toBe(502);
      const message = { clientMessageId: randomUUID(), body: 'Hello' };
      expect((await post(token, message)).status).toBe(503);
    }
    control.clearCalls();
    logLines.length = 0;
    collectGarbage();
    return process.memoryUsage().heapUsed;
  }

  const first = await failAndMeasure(200);
  const grown = (await failAndMeasure(1_000)) - first;
  // A record of each message, and nothing of the answers of 300 KB.
  expect(grown).toBeLessThan(10_000_000);
});
