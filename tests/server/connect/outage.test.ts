import { expect, onTestFinished, test, vi } from 'vitest';
import { jitter, toRetryDelayMs } from '@/lib/order/poll-policy';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';
import { hurriedWait, startOrderServer } from '@/tests/support/order-server';
import { withShopper } from '@/tests/support/sending-server';
import { createVirtualTime } from '@/tests/support/virtual-time';

vi.setConfig({ testTimeout: 30_000 });

const ORDERS = 12;
const READERS = 4;
// How long a cached order may be shown.
const STALE_MS = 60 * secondMs;
// Until one call has found out that Connect is back.
const PROBE_MS = 6 * secondMs;

type Told = { atMs: number; status: number; code?: string; asOfMs?: number; stale?: boolean };

/** Numbers in [0, 1) that look random, the same in every run (Park and Miller). */
function createRandom(): () => number {
  let state = 11;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Pages that ask as the browser's do, and all that they were told. */
async function openPages() {
  const clock = createFrozenClock();
  const time = createVirtualTime(clock);
  const server = await startOrderServer({ LIMITS: 'off' }, hurriedWait, clock);
  onTestFinished(server.close);
  const { control } = server.simulator;
  const random = createRandom();
  let hasLeft = false;

  async function visit(index: number, told: Told[]): Promise<void> {
    const token = await server.mint(`order-${index % ORDERS}`);
    let failures = 0;
    await time.wait(random() * 5 * secondMs);
    while (!hasLeft) {
      const response = await server.request(token);
      const { asOf, stale, error, pollAfterMs } = await response.json();
      const atMs = clock.nowMs();
      failures = response.ok ? 0 : failures + 1;
      told.push({
        atMs,
        status: response.status,
        code: error?.code,
        asOfMs: Date.parse(asOf),
        stale,
      });
      await time.wait(
        response.ok
          ? jitter(pollAfterMs, random())
          : toRetryDelayMs(failures, pollAfterMs, random()),
      );
    }
  }

  for (let index = 0; index < ORDERS; index++)
    control.putOrder(`order-${index}`, { script: withShopper });
  const pages = Array.from({ length: ORDERS * READERS }, (): Told[] => []);
  pages.forEach((told, index) => time.start(() => visit(index, told)));
  return {
    control,
    clock,
    pages,
    pass: time.pass,
    async leave() {
      hasLeft = true;
      await time.pass(150 * secondMs);
    },
  };
}

test('Connect may be away for a minute, then the pages say so, and they are back as soon as it is', async () => {
  const { control, clock, pages, pass, leave } = await openPages();
  await pass(30 * secondMs);
  await control.stop();
  const diedAtMs = clock.nowMs();
  await pass(90 * secondMs);
  await control.restart();
  const cameBackAtMs = clock.nowMs();
  await pass(60 * secondMs);
  await leave();

  for (const told of pages) {
    let dataAsOfMs = diedAtMs;
    for (const { atMs, status, code, asOfMs = NaN, stale } of told) {
      if (status === 200) {
        dataAsOfMs = asOfMs;
        expect(atMs - asOfMs).toBeLessThanOrEqual(stale ? STALE_MS : 2 * secondMs);
        continue;
      }
      expect([status, code]).toEqual([503, 'upstream_unavailable']);
      expect(atMs - dataAsOfMs).toBeGreaterThan(STALE_MS);
    }
    const during = told.filter(({ atMs }) => atMs >= diedAtMs && atMs < cameBackAtMs);
    expect(during.some(({ stale }) => stale)).toBe(true);
    expect(during.at(-1)?.status).toBe(503);
    const [next] = told.filter(({ atMs }) => atMs >= cameBackAtMs + PROBE_MS);
    expect(next).toMatchObject({ status: 200, stale: false });
  }
});
