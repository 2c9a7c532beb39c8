import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Cells } from './cas-store';

// One at a time under a name, on all instances. Who dies in turn loses it when the lease is over.

const LEASE_MS = 15_000;
const ASK_AGAIN_MS = 150;

/** What gives the turn back; undefined if it did not come within `patienceMs`. */
export type TakeTurn = (
  name: string,
  patienceMs: number,
) => Promise<(() => Promise<void>) | undefined>;

/** The turn under all of the names, which whoever shares some of them takes in the same order. */
export async function takeTurns(
  takeTurn: TakeTurn,
  names: readonly string[],
  patienceMs: number,
): ReturnType<TakeTurn> {
  const taken: (() => Promise<void>)[] = [];
  const giveBack = async () => void (await Promise.all(taken.map((giveOneBack) => giveOneBack())));
  for (const name of names) {
    const giveOneBack = await takeTurn(name, patienceMs / names.length);
    if (!giveOneBack) return giveBack().then(() => undefined);
    taken.push(giveOneBack);
  }
  return giveBack;
}

export function createTurns(cells: Cells, wait: (delayMs: number) => Promise<unknown>): TakeTurn {
  return async function takeTurn(name, patienceMs) {
    const holder = randomUUID();
    for (let waitedMs = 0; waitedMs <= patienceMs; waitedMs += ASK_AGAIN_MS) {
      if (waitedMs > 0) await wait(ASK_AGAIN_MS);
      if (await cells.swap(name, undefined, holder, LEASE_MS))
        return () => cells.clear(name, holder);
    }
    return undefined;
  };
}
