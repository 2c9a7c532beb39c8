import type { SimulatorClock } from '@/tests/simulator/clock';

const TICK_MS = 50;

/** Plays what people and a server do over minutes in a moment: the clock moves when nobody has work left. */
export function createVirtualTime(clock: SimulatorClock) {
  const sleepers: { atMs: number; wake: () => void }[] = [];
  let workingCount = 0;
  let whenIdle: (() => void) | undefined;

  function rest(): void {
    workingCount -= 1;
    if (workingCount === 0) whenIdle?.();
  }

  /** To be awaited by what `start` runs, and by a server on which no two of them wait for the same call. */
  async function wait(delayMs: number): Promise<void> {
    const woken = new Promise<void>((wake) =>
      sleepers.push({ atMs: clock.nowMs() + delayMs, wake }),
    );
    rest();
    await woken;
  }

  function start(work: () => Promise<void>): void {
    workingCount += 1;
    void work().finally(rest);
  }

  async function untilIdle(): Promise<void> {
    if (workingCount > 0) await new Promise<void>((resolve) => (whenIdle = resolve));
    whenIdle = undefined;
  }

  async function pass(ms: number): Promise<void> {
    for (const untilMs = clock.nowMs() + ms; clock.nowMs() < untilMs; clock.advance(TICK_MS)) {
      for (let index = sleepers.length - 1; index >= 0; index--) {
        const sleeper = sleepers[index];
        if (!sleeper || sleeper.atMs > clock.nowMs()) continue;
        sleepers.splice(index, 1);
        workingCount += 1;
        sleeper.wake();
      }
      await untilIdle();
    }
  }

  return { wait, start, pass };
}
