import { expect, onTestFinished, vi } from 'vitest';
import type { startBalancer } from './balancer';
import { openDoor } from './router-server';
import type { Instance } from './shared-servers';

const CUSTOMERS = 4;
const patience = { timeout: 10_000 };

type Place = { instance: Instance; door: Awaited<ReturnType<typeof openDoor>> };
type Balancer = Awaited<ReturnType<typeof startBalancer>>;

/** Makes an instance reachable over HTTP. */
export async function openPlace(instance: Instance): Promise<Place> {
  const door = await openDoor(instance.services);
  onTestFinished(door.close);
  return { instance, door };
}

/** Replaces each instance by a new one. Calls `goOn` in each state, and `look` after each replacement. */
export async function replaceEach(
  fleet: Place[],
  balancer: Balancer,
  start: () => Promise<Instance>,
  { goOn, look }: { goOn: () => Promise<void>; look: () => Promise<void> },
): Promise<void> {
  const size = fleet.length;
  for (const { instance, door } of [...fleet]) {
    fleet.push(await openPlace(await start()));
    await vi.waitFor(() => expect(balancer.readyCount()).toBe(size + 1), patience);
    await goOn();
    instance.services.health.drain();
    await vi.waitFor(() => expect(balancer.readyCount()).toBe(size), patience);
    await goOn();
    fleet.shift();
    await vi.waitFor(() => expect(door.door.busyCount()).toBe(0), patience);
    door.close();
    instance.services.close();
    await expect(fetch(`${door.url}/healthz`)).rejects.toThrow();
    await goOn();
    await look();
  }
}

/** Customers that read links in turn until `leave` is called. */
export function keepReading(url: string, tokens: readonly string[]) {
  const counts: Record<string, number> = {};
  let turn = 0;
  let hasEnded = false;

  async function readOn(): Promise<void> {
    while (!hasEnded) {
      const headers = { authorization: `Bearer ${tokens[turn++ % tokens.length]}` };
      const outcome = await fetch(`${url}/api/order/messages`, { headers }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        () => 'failed',
      );
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
  }

  const customers = Array.from({ length: CUSTOMERS }, readOn);
  async function leave(): Promise<void> {
    hasEnded = true;
    await Promise.all(customers);
  }
  onTestFinished(leave);

  /** Waits until each customer has completed a further request. */
  async function goOn(): Promise<void> {
    const enough = turn + 2 * CUSTOMERS;
    await vi.waitFor(() => expect(turn).toBeGreaterThan(enough), patience);
  }

  return { counts, goOn, leave };
}
