import { setTimeout as sleep } from 'node:timers/promises';
import { inMinutes } from '@/tests/simulator/order-script';
import { openPages } from '@/tests/soak/open-pages';
import { startSite } from '@/tests/support/site';

// The number of calls to Connect per order, and the delay from Connect to the page.

const READERS = [1, 5, 50];
const MESSAGE_INTERVAL_MS = 7_000;

export type Freshness = { readers: number; callsPerMinute: number; medianDelayMs: number };

export async function measureFreshness(seconds: number): Promise<Freshness[]> {
  const site = await startSite({ LIMITS: 'off', LOG_LEVEL: 'error' });
  const { control } = site.simulator;
  const script = { ageMs: 1, steps: [inMinutes.shopper(0, 'zelma')] };
  const figures = await Promise.all(
    READERS.map(async (readers): Promise<Freshness> => {
      const orderId = `order-${readers}`;
      const sub = `user-${readers}`;
      control.putOrder(orderId, { userId: sub, script });
      const tokens = await Promise.all(
        Array.from({ length: readers }, () => site.token(orderId, { sub })),
      );
      const postedAtMs: number[] = [];
      const delaysMs: number[] = [];
      const pages = openPages(site.url, tokens, ({ kind, status }) => {
        const newest = postedAtMs.at(-1);
        // A changed answer contains the newest message.
        if (kind === 'poll' && status === 200 && newest !== undefined)
          delaysMs.push(performance.now() - newest);
      });
      await sleep(12_000);
      const callsBefore = control.calls({ route: 'order_messages', orderId }).length;
      const startedAtMs = performance.now();
      while (performance.now() - startedAtMs < seconds * 1_000) {
        postedAtMs.push(performance.now());
        control.addMessage(orderId, { from: 'driver', body: `Message ${postedAtMs.length}` });
        await sleep(MESSAGE_INTERVAL_MS);
      }
      const minutes = (performance.now() - startedAtMs) / 60_000;
      const calls = control.calls({ route: 'order_messages', orderId }).length - callsBefore;
      await pages.close();
      delaysMs.sort((a, b) => a - b);
      return {
        readers,
        callsPerMinute: Math.round((calls / minutes) * 10) / 10,
        medianDelayMs: Math.round(delaysMs[Math.floor(delaysMs.length / 2)] ?? Number.NaN),
      };
    }),
  );
  await site.close();
  return figures;
}
