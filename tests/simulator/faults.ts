import type { ConnectRoute } from './calls';
import type { SimulatorClock } from './clock';

type FaultScope = {
  route: ConnectRoute;
  orderId?: string;
  userId?: string;
  /** The number of calls that the fault affects; without it, all calls until the fault is cleared. */
  times?: number;
  /** Affects only every n-th matching call. */
  everyNth?: number;
  /** Affects this share of matching calls, chosen by pseudo-random numbers that are the same in every run. */
  share?: number;
  /** A delay before the call is processed, for every kind of fault. */
  delayMs?: number;
};

export type FaultEffect =
  | { kind: 'delay' }
  | { kind: 'slow' }
  // Faults of the connection.
  | { kind: 'hang' }
  | { kind: 'headers-then-hang' }
  | { kind: 'drip'; intervalMs?: number }
  | { kind: 'reset' }
  | { kind: 'reset-mid-body' }
  | { kind: 'drop-answer' }
  /** Declares `byBytes` more bytes than it sends, or fewer if negative. */
  | { kind: 'wrong-content-length'; byBytes?: number }
  | { kind: 'huge'; sizeBytes?: number }
  | { kind: 'gzip-bomb'; sizeBytes?: number }
  // Faults that replace the answer.
  | { kind: 'html' }
  | { kind: 'invalid-json' }
  | { kind: 'wrong-shape'; body?: unknown }
  | { kind: 'redirect'; location?: string }
  | { kind: 'status'; status: number; body?: unknown; retryAfter?: string; contentType?: string }
  | { kind: 'unauthorized' }
  | { kind: 'several-errors' }
  | { kind: 'rate-limit'; perSecond: number; retryAfter?: string }
  // Faults in the data of the answer. Paths are dotted; `*` is every entry of a list.
  | { kind: 'missing-field'; path: string }
  | { kind: 'wrong-type'; path: string; value: unknown }
  | { kind: 'unknown-fields' }
  | { kind: 'unknown-values' }
  | { kind: 'duplicate-ids' }
  | { kind: 'repeated-entries' }
  | { kind: 'huge-ids' }
  | { kind: 'shuffled' }
  | { kind: 'invalid-dates' }
  | { kind: 'skewed-dates'; skewMs: number }
  | { kind: 'missing-expires-in' }
  | { kind: 'expires-at-once'; expiresInSeconds?: number };

export type Fault = FaultScope & FaultEffect;

export type FaultStore = ReturnType<typeof createFaultStore>;

/** A pseudo-random generator of numbers in [0, 1) (Park and Miller). */
function createRandom(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Stores faults. The newest fault that matches a call is applied. */
export function createFaultStore(clock: SimulatorClock) {
  const draw = createRandom();
  let faults: { fault: Fault; timesLeft: number; seen: number; inSecond: number[] }[] = [];

  return {
    add(fault: Fault): void {
      faults.unshift({ fault, timesLeft: fault.times ?? Infinity, seen: 0, inSecond: [] });
    },

    clear(): void {
      faults = [];
    },

    take(call: { route: ConnectRoute; orderId?: string; userId?: string }): Fault | undefined {
      const nowMs = clock.nowMs();
      const taken = faults.find((entry) => {
        const { fault } = entry;
        if (fault.route !== call.route || entry.timesLeft <= 0) return false;
        if (fault.orderId !== undefined && fault.orderId !== call.orderId) return false;
        if (fault.userId !== undefined && fault.userId !== call.userId) return false;
        entry.seen += 1;
        if (entry.seen % (fault.everyNth ?? 1) !== 0) return false;
        if (fault.share !== undefined && draw() >= fault.share) return false;
        if (fault.kind !== 'rate-limit') return true;
        entry.inSecond = entry.inSecond.filter((atMs) => nowMs - atMs < 1_000);
        if (entry.inSecond.length >= fault.perSecond) return true;
        entry.inSecond.push(nowMs);
        return false;
      });
      if (taken) taken.timesLeft -= 1;
      return taken?.fault;
    },
  };
}
