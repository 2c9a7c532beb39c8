import { setTimeout as sleep } from 'node:timers/promises';
import { startSite } from '@/tests/support/site';
import { expect, test } from './site-test';

// The page itself, before it has asked for an order, at fifty a second.

const REQUESTS = 250;
const EVERY_MS = 20;
const MOST_TIMES = 3;
/** Of a busy machine, for one in twenty. */
const NOISE_MS = 20;

function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Infinity;
}

test.setTimeout(60_000);

test('of fifty visits a second none is lost, and each waits for those before it and no longer', async () => {
  const site = await startSite({ LIMITS: 'off' });
  const statuses = new Set<number>();
  let underWay = 0;
  /** Until the first byte, for each that is under way: alone, or in a queue where the machine is slow. */
  const timeFirstByte = async () => {
    const place = ++underWay;
    const startedAtMs = performance.now();
    const response = await fetch(`${site.url}/order`);
    const ms = performance.now() - startedAtMs;
    statuses.add(response.status);
    expect(await response.text()).toContain('</html>');
    underWay -= 1;
    return ms / place;
  };
  const alone: number[] = [];
  // The first half warms the server up.
  for (let count = 0; count < REQUESTS; count++) alone.push(await timeFirstByte());
  const together: Promise<number>[] = [];
  const startedAtMs = performance.now();
  while (together.length < REQUESTS) {
    together.push(timeFirstByte());
    await sleep(Math.max(0, startedAtMs + together.length * EVERY_MS - performance.now()));
  }
  const times = await Promise.all(together);
  expect([...statuses]).toEqual([200]);
  expect(p95(times)).toBeLessThan(MOST_TIMES * p95(alone.slice(REQUESTS / 2)) + NOISE_MS);
  await site.close();
});
