import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { minuteMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { collectGarbage } from '@/tests/support/collect-garbage';
import { shortenedWait, startOrderServer } from '@/tests/support/order-server';
import { startSimulatorProcess } from '@/tests/support/simulator-process';

vi.setConfig({ testTimeout: 90_000 });

const MOST_GROWTH_BYTES = 20_000_000;
const ROUNDS = 4;
// The allocator of a process grows once with the first large body, and not again.
const UNJUDGED_GROWTHS = 2;

const toMegabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;

let simulator: Awaited<ReturnType<typeof startSimulatorProcess>>;
beforeAll(async () => void (simulator = await startSimulatorProcess()));
afterAll(() => simulator.close());

/** Returns the peak growth of the resident memory of this process, in bytes. */
async function measureGrowth(work: () => Promise<unknown>): Promise<number> {
  collectGarbage();
  const beforeBytes = process.memoryUsage.rss();
  let mostBytes = beforeBytes;
  const sample = () => void (mostBytes = Math.max(mostBytes, process.memoryUsage.rss()));
  const sampling = setInterval(sample, 1);
  await work();
  sample();
  clearInterval(sampling);
  return mostBytes - beforeBytes;
}

// By default "huge" is 20 MiB on the wire, and "gzip-bomb" is 250 KB that expand to 56 MiB.
test.each<FaultEffect>([{ kind: 'huge' }, { kind: 'gzip-bomb' }])(
  'under %o reads and sends fail and take less than 20 MB of memory',
  async (effect) => {
    const overrides = { LIMITS: 'off', CONNECT_BASE_URL: simulator.url };
    const server = await startOrderServer(overrides, shortenedWait);
    onTestFinished(server.close);
    const { control } = simulator;
    onTestFinished(control.clearFaults);
    // Each round uses another order, because the breaker opens for an order that always fails.
    const tokens = await Promise.all(
      Array.from({ length: 2 * ROUNDS }, (_, index) => server.mint(`live-${index}`)),
    );
    const send = (token: string) =>
      server.post(token, { clientMessageId: randomUUID(), body: 'Hello' });

    // One-time allocations of the process happen before the measurement.
    for (const token of tokens) expect((await server.request(token)).status).toBe(200);
    for (const token of tokens) expect((await send(token)).status).toBe(201);
    server.pass(2 * minuteMs);
    for (const route of ['order_messages', 'send'] as const)
      await control.fault({ route, ...effect });
    await control.clearCalls();

    collectGarbage();
    const beforeBytes = process.memoryUsage.rss();
    const growths: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [readToken, sendToken] = tokens.slice(2 * round);
      growths.push(
        await measureGrowth(async () => expect((await server.request(readToken)).status).toBe(502)),
        await measureGrowth(async () => expect((await send(sendToken ?? '')).status).toBe(504)),
      );
    }
    collectGarbage();
    const keptBytes = process.memoryUsage.rss() - beforeBytes;
    process.stdout.write(
      `${effect.kind}: MB ${growths.map(toMegabytes).join(' ')}, kept ${toMegabytes(keptBytes)}\n`,
    );
    const routes = (await control.calls()).map(({ route }) => route);
    expect(routes.filter((route) => route === 'send')).toHaveLength(ROUNDS);
    expect(routes.filter((route) => route === 'order_messages').length).toBeGreaterThan(ROUNDS);
    const judged = [...growths.slice(UNJUDGED_GROWTHS), keptBytes];
    for (const bytes of judged) expect(bytes).toBeLessThan(MOST_GROWTH_BYTES);
  },
);
