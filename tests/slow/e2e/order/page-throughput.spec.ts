import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@/tests/e2e/support/site-test';

// The HTML of the page under load. The times are printed and not asserted, because they depend on the machine.

const REQUESTS = 250;
const REQUEST_EVERY_MS = 20;

function p95(times: readonly number[]): number {
  return Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Infinity);
}

test('fifty page requests per second are all answered', async ({ startSite }) => {
  const site = await startSite({ LIMITS: 'off' });
  const statuses = new Set<number>();
  const timeFirstByte = async () => {
    const startedAtMs = performance.now();
    const response = await fetch(`${site.url}/order`);
    const ms = performance.now() - startedAtMs;
    statuses.add(response.status);
    expect(await response.text()).toContain('</html>');
    return ms;
  };
  const alone: number[] = [];
  // The first half warms the server up.
  for (let count = 0; count < REQUESTS; count++) alone.push(await timeFirstByte());
  const together: Promise<number>[] = [];
  const startedAtMs = performance.now();
  while (together.length < REQUESTS) {
    together.push(timeFirstByte());
    // The wait sets the rate of the load; no condition is waited for.
    await sleep(Math.max(0, startedAtMs + together.length * REQUEST_EVERY_MS - performance.now()));
  }
  const times = await Promise.all(together);
  const aloneMs = p95(alone.slice(REQUESTS / 2));
  process.stdout.write(`p95 to the first byte: ${aloneMs} ms alone, ${p95(times)} ms at 50/s\n`);
  expect([...statuses]).toEqual([200]);
});
