import 'server-only';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '@/lib/order/steps';

// Cooperative scheduling: a large answer is worked off in slices, and other requests are served in between.

/** Reports work, in UTF-16 units of text; resolves at once, or after the event loop has turned. */
export type ReportWork = (units: number) => Promise<void>;

// The worst text found, marks in the wrong order, takes 0.5 µs per unit.
const SLICE_UNITS = 16_384;

export function createWorkSlices(turn: () => Promise<unknown> = () => nextTurn()): ReportWork {
  let units = 0;
  return async (more) => {
    units += more;
    if (units < SLICE_UNITS) return;
    units = 0;
    await turn();
  };
}

export async function runInSlices<T>(steps: Steps<T>, reportWork: ReportWork): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await reportWork(step.value);
  }
}
