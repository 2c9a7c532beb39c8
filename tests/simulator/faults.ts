import type { ConnectRoute } from './calls';
import type { SimulatorClock } from './clock';

type FaultScope = {
  route: ConnectRoute;
  orderId?: string;
  userId?: string;
  /** How many calls it spoils; absent: until cleared. */
  times?: number;
  /** Spoils only every n-th call it could. */
  everyNth?: number;
  /** Spoils this share of the calls it could, by lot; the lots are the same in every run. */
  share?: number;
  /** Before anything is done or answered, whatever the kind. */
  delayMs?: number;
};

export type FaultEffect =
  | { kind: 'delay' }
  | { kind: 'slow' }
  // The connection.
  | { kind: 'hang' }
  | { kind: 'headers-then-hang' }
  | { kind: 'drip'; intervalMs?: number }
  | { kind: 'reset' }
  | { kind: 'reset-mid-body' }
  | { kind: 'drop-answer' }
  /** Declares this many bytes more than it sends, or fewer when negative. */
  | { kind: 'wrong-content-length'; byBytes?: number }
  | { kind: 'huge'; sizeBytes?: number }
  | { kind: 'gzip-bomb'; sizeBytes?: number }
  // Another answer.
  | { kind: 'html' }
  | { kind: 'invalid-json' }
  | { kind: 'wrong-shape'; body?: unknown }
  | { kind: 'redirect'; location?: string }
  | { kind: 'status'; status: number; body?: unknown; retryAfter?: string; contentType?: string }
  | { kind: 'unauthorized' }
  | { kind: 'several-errors' }
  | { kind: 'rate-limit'; perSecond: number; retryAfter?: string }
  // The right answer, altered. Paths are dotted; `*` is every entry of a list.
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

/** Numbers in [0, 1) that look random (Park and Miller). */
function createLots(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** The newest fault that fits a call spoils it. */
export function createFaultStore(clock: SimulatorClock) {
  const draw = createLots();
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
