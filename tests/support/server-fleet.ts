import { expect, onTestFinished, vi } from 'vitest';
import type { startBalancer } from './balancer';
import { startRouter } from './router-server';
import type { Instance } from './shared-servers';

const CUSTOMERS = 4;
const waitOptions = { timeout: 10_000 };

type FleetMember = { instance: Instance; routerServer: Awaited<ReturnType<typeof startRouter>> };
type Balancer = Awaited<ReturnType<typeof startBalancer>>;

/** Starts a router, so that the instance is reachable over HTTP. */
export async function startFleetMember(instance: Instance): Promise<FleetMember> {
  const routerServer = await startRouter(instance.services);
  onTestFinished(routerServer.close);
  return { instance, routerServer };
}

/** Replaces each instance by a new one. Calls `waitForMoreReads` after each step and `verify` after each instance. */
export async function replaceEach(
  fleet: FleetMember[],
  balancer: Balancer,
  start: () => Promise<Instance>,
  {
    waitForMoreReads,
    verify,
  }: { waitForMoreReads: () => Promise<void>; verify: () => Promise<void> },
): Promise<void> {
  const size = fleet.length;
  for (const { instance, routerServer } of [...fleet]) {
    fleet.push(await startFleetMember(await start()));
    await vi.waitFor(() => expect(balancer.readyCount()).toBe(size + 1), waitOptions);
    await waitForMoreReads();
    routerServer.health.drain();
    await vi.waitFor(() => expect(balancer.readyCount()).toBe(size), waitOptions);
    await waitForMoreReads();
    fleet.shift();
    await vi.waitFor(() => expect(routerServer.router.busyCount()).toBe(0), waitOptions);
    routerServer.close();
    instance.services.close();
    await expect(fetch(`${routerServer.url}/healthz`)).rejects.toThrow();
    await waitForMoreReads();
    await verify();
  }
}

/** Starts customers that read the links in rotation until `stop` is called. */
export function startReaders(url: string, tokens: readonly string[]) {
  const counts: Record<string, number> = {};
  let readCount = 0;
  let hasEnded = false;

  async function readRepeatedly(): Promise<void> {
    while (!hasEnded) {
      const headers = { authorization: `Bearer ${tokens[readCount++ % tokens.length]}` };
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

  const customers = Array.from({ length: CUSTOMERS }, readRepeatedly);
  async function stop(): Promise<void> {
    hasEnded = true;
    await Promise.all(customers);
  }
  onTestFinished(stop);

  /** Waits until each customer has completed a further request. */
  async function waitForMoreReads(): Promise<void> {
    const minReadCount = readCount + 2 * CUSTOMERS;
    await vi.waitFor(() => expect(readCount).toBeGreaterThan(minReadCount), waitOptions);
  }

  return { counts, waitForMoreReads, stop };
}
