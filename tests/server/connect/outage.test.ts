import { expect, onTestFinished, test, vi } from 'vitest';
import { jitter, toRetryDelayMs } from '@/lib/order/poll-policy';
import { createFrozenClock, secondMs } from '@/tests/simulator/clock';
import { shortenedWait, startOrderServer } from '@/tests/support/order-server';
import { withShopper } from '@/tests/support/sending-server';
import { createVirtualTime } from '@/tests/support/virtual-time';

vi.setConfig({ testTimeout: 30_000 });

const ORDERS = 12;
const READERS = 4;
// A cached order may be shown for this time.
const STALE_MS = 60 * secondMs;
// A probe reaches Connect within this time after its restart.
const PROBE_MS = 6 * secondMs;

type PageResponse = {
  atMs: number;
  status: number;
  code?: string;
  asOfMs?: number;
  stale?: boolean;
};

/** Numbers in [0, 1) that are pseudorandom, the same in every run (Park and Miller). */
function createRandom(): () => number {
  let state = 11;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Opens pages that poll as the browser does and record every response. */
async function openPages() {
  const clock = createFrozenClock();
  const time = createVirtualTime(clock);
  const server = await startOrderServer({ LIMITS: 'off' }, shortenedWait, clock);
  onTestFinished(server.close);
  const { control } = server.simulator;
  const random = createRandom();
  let isClosed = false;

  async function runPage(index: number, responses: PageResponse[]): Promise<void> {
    const token = await server.mint(`order-${index % ORDERS}`);
    let failures = 0;
    await time.wait(random() * 5 * secondMs);
    while (!isClosed) {
      const response = await server.request(token);
      const { asOf, stale, error, pollAfterMs } = await response.json();
      const atMs = clock.nowMs();
      failures = response.ok ? 0 : failures + 1;
      responses.push({
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
  const pages = Array.from({ length: ORDERS * READERS }, (): PageResponse[] => []);
  pages.forEach((responses, index) => time.start(() => runPage(index, responses)));
  return {
    control,
    clock,
    pages,
    pass: time.pass,
    async close() {
      isClosed = true;
      await time.pass(150 * secondMs);
    },
  };
}

test('pages get stale orders for one minute of an outage, then 503 until it ends', async () => {
  const { control, clock, pages, pass, close } = await openPages();
  await pass(30 * secondMs);
  await control.stop();
  const stoppedAtMs = clock.nowMs();
  await pass(90 * secondMs);
  await control.restart();
  const restartedAtMs = clock.nowMs();
  await pass(60 * secondMs);
  await close();

  for (const responses of pages) {
    let dataAsOfMs = stoppedAtMs;
    for (const { atMs, status, code, asOfMs = NaN, stale } of responses) {
      if (status === 200) {
        dataAsOfMs = asOfMs;
        expect(atMs - asOfMs).toBeLessThanOrEqual(stale ? STALE_MS : 2 * secondMs);
        continue;
      }
      expect([status, code]).toEqual([503, 'upstream_unavailable']);
      expect(atMs - dataAsOfMs).toBeGreaterThan(STALE_MS);
    }
    const during = responses.filter(({ atMs }) => atMs >= stoppedAtMs && atMs < restartedAtMs);
    expect(during.some(({ stale }) => stale)).toBe(true);
    expect(during.at(-1)?.status).toBe(503);
    const [next] = responses.filter(({ atMs }) => atMs >= restartedAtMs + PROBE_MS);
    expect(next).toMatchObject({ status: 200, stale: false });
  }
});
