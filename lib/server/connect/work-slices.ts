import 'server-only';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '@/lib/order/steps';

// Cooperative scheduling: a large response is processed in slices, and other requests are served in between.

/** Reports finished work in UTF-16 units of text; resolves immediately, or after a turn of the event loop. */
export type ReportWork = (units: number) => Promise<void>;

// The slowest text known, combining marks in the wrong order, takes 0.5 µs per unit.
const SLICE_UNITS = 16_384;

/** Yields to the event loop after 16,384 units of work. */
export function createWorkSlices(turn: () => Promise<unknown> = () => nextTurn()): ReportWork {
  let units = 0;
  return async (more) => {
    units += more;
    if (units < SLICE_UNITS) return;
    units = 0;
    await turn();
  };
}

/** Runs the steps to their end and returns their result. */
export async function runInSlices<T>(steps: Steps<T>, reportWork: ReportWork): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await reportWork(step.value);
  }
}
