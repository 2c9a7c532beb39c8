import type { SimulatorClock } from '@/tests/simulator/clock';

const TICK_MS = 50;

/** Simulates minutes at once: the clock moves when no work is left. */
export function createVirtualTime(clock: SimulatorClock) {
  const waiters: { atMs: number; resume: () => void }[] = [];
  let workingCount = 0;
  let whenIdle: (() => void) | undefined;

  function endWork(): void {
    workingCount -= 1;
    if (workingCount === 0) whenIdle?.();
  }

  /** Waits in virtual time, in work that `start` runs and in a server in which no two of them share a call. */
  async function wait(delayMs: number): Promise<void> {
    const resumed = new Promise<void>((resume) =>
      waiters.push({ atMs: clock.nowMs() + delayMs, resume }),
    );
    endWork();
    await resumed;
  }

  function start(work: () => Promise<void>): void {
    workingCount += 1;
    void work().finally(endWork);
  }

  async function untilIdle(): Promise<void> {
    if (workingCount > 0) await new Promise<void>((resolve) => (whenIdle = resolve));
    whenIdle = undefined;
  }

  async function pass(ms: number): Promise<void> {
    for (const untilMs = clock.nowMs() + ms; clock.nowMs() < untilMs; clock.advance(TICK_MS)) {
      for (let index = waiters.length - 1; index >= 0; index--) {
        const waiter = waiters[index];
        if (!waiter || waiter.atMs > clock.nowMs()) continue;
        waiters.splice(index, 1);
        workingCount += 1;
        waiter.resume();
      }
      await untilIdle();
    }
  }

  return { wait, start, pass };
}
