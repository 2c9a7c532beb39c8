import type { SimulatorClock } from './clock';
import type { OrderRun } from './order-body';
import type { OrderChanges } from './order-changes';
import type { Script, Step } from './order-script';
import { createOrderTime } from './order-time';

/** A text is served byte for byte; the steps of its run only set the state of the order. */
export type StoredOrder = { run: OrderRun; leapAtMs?: number | undefined } & (
  { kind: 'run' } | { kind: 'text'; text: string } | { kind: 'shopper-info-removed' }
);

/** Functions that start orders. The time of an order starts with its first request. */
export function createOrderStarter(clock: SimulatorClock, pictureBase: () => string) {
  function startRun(orderId: string, steps: Step[], ageMs: number): OrderRun {
    const number = hashOrderId(orderId);
    return {
      connectOrderId: 100_000 + number,
      firstId: 100_000_000 + number * 100_000,
      openedAtMs: clock.nowMs(),
      steps: [...steps],
      time: createOrderTime(clock.nowMs() - ageMs),
      pictureBase: pictureBase(),
    };
  }

  return {
    startRun,
    startScript(orderId: string, script: Script, isShopperInfoRemoved = false): StoredOrder {
      const { ageMs, steps, leapAtMs } = script;
      const kind = isShopperInfoRemoved ? 'shopper-info-removed' : 'run';
      return { kind, leapAtMs, run: startRun(orderId, steps, ageMs) };
    },
    startText: (orderId: string, text: string, order: OrderChanges = {}): StoredOrder => ({
      kind: 'text',
      text,
      run: startRun(orderId, [{ kind: 'order', atMs: 0, changes: order }], 0),
    }),
  };
}

/** A stable hash of the id, so that numeric ids are the same after a restart. */
function hashOrderId(orderId: string): number {
  let hash = 7;
  for (const letter of orderId) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 20_000;
  return hash;
}
