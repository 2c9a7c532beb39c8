import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inMinutes } from '@/tests/simulator/order-script';
import { startRedis } from '@/tests/support/redis-server';
import { startSite } from '@/tests/support/site';
import { openInspector, type Reading } from './inspector';
import { openPages, type Answer } from './open-pages';

const PAGES = 500;
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 10);
const WARM_UP_SHARE = 0.3;
// By default V8 compiles functions for an hour, and compiled code is on the heap.
const WARM_UP_POLL_MS = 1_500;
const READ_INTERVAL_MS = 10_000;
const UPDATE_INTERVAL_MS = 200;
const FAULT_SHARE = 0.05;

const { shopper, fromShopper } = inMinutes;
const script = {
  ageMs: 60_000,
  steps: [shopper(0, 'zelma'), fromShopper(0, 'Hello, Zelma here.')],
};

const toOrder = (orderId: string) => ({ userId: `user-${orderId}`, script });

test(
  `${PAGES} open pages for ${MINUTES} minutes with 5 % faults: quick, without errors, and nothing grows`,
  async () => {
    const redis = await startRedis();
    const site = await startSite({
      REDIS_URL: redis.url,
      NODE_OPTIONS: '--inspect=0',
      LOG_LEVEL: 'error',
    });
    const { control } = site.simulator;
    const orders = Array.from({ length: PAGES }, (_, index) => `soak-${index}`);
    for (const orderId of orders) control.putOrder(orderId, toOrder(orderId));
    const tokens = await Promise.all(
      orders.map((orderId) => site.token(orderId, { sub: `user-${orderId}` })),
    );
    const inspector = await openInspector(site.output);
    const answers: Answer[] = [];
    let isWarm = false;
    const pages = openPages(
      site.url,
      tokens,
      (answer) => {
        if (isWarm) answers.push(answer);
      },
      () => (isWarm ? Infinity : WARM_UP_POLL_MS),
    );

    // Each page has its first answer before faults start.
    await sleep(12_000);
    for (const effect of [
      { kind: 'status', status: 503 },
      { kind: 'status', status: 500 },
      { kind: 'reset' },
      { kind: 'reset-mid-body' },
      { kind: 'html' },
    ] as const)
      control.fault({ route: 'order_messages', share: FAULT_SHARE / 5, ...effect });
    let updateIndex = 0;
    const updateTimer = setInterval(() => {
      const orderId = orders[(updateIndex += 7) % orders.length] ?? '';
      // A long thread is replaced by a new thread, so that the data per order stays constant.
      if (control.chatTexts(orderId).length > 8) control.putOrder(orderId, toOrder(orderId));
      else control.addMessage(orderId, { from: 'driver', body: `News ${updateIndex}` });
      // The calls that the simulator records would grow.
      if (updateIndex % 700 === 0) control.clearCalls();
    }, UPDATE_INTERVAL_MS);

    const readings: (Reading & { atMs: number })[] = [];
    const startedAtMs = performance.now();
    const untilMs = startedAtMs + MINUTES * 60_000;
    while (performance.now() < untilMs) {
      await sleep(READ_INTERVAL_MS);
      isWarm ||= performance.now() - startedAtMs > MINUTES * 60_000 * WARM_UP_SHARE;
      if (isWarm) readings.push({ ...(await inspector.read()), atMs: performance.now() });
    }
    clearInterval(updateTimer);
    await pages.close();
    inspector.close();
    await site.close();
    await redis.close();

    const polls = answers.filter(({ kind }) => kind === 'poll');
    const figures = {
      polls: polls.length,
      sends: answers.length - polls.length,
      notModifiedShare: share(polls, ({ status }) => status === 304),
      staleShare: share(polls, ({ stale }) => stale),
      errors: answers.filter(({ status }) => ![200, 201, 304].includes(status)),
      failures: pages.failures,
      p50Ms: percentile(polls, 0.5),
      p95Ms: percentile(polls, 0.95),
      p99Ms: percentile(polls, 0.99),
      heapGrowth: slopePerHour(readings.map(({ atMs, heapBytes }) => [atMs, heapBytes / 1e6])),
      heapMB: readings.map(({ heapBytes }) => round(heapBytes / 1e6)),
      rssMB: readings.map(({ rssBytes }) => Math.round(rssBytes / 1e6)),
      cpuMsPerAnswer: round(
        ((readings.at(-1)?.cpuMs ?? 0) - (readings[0]?.cpuMs ?? 0)) / answers.length,
      ),
      sockets: readings.map(({ sockets }) => sockets),
    };
    process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
    expect(figures.failures).toEqual([]);
    expect(figures.errors).toEqual([]);
    // The simulator answers at once, so the time is the server's.
    expect(figures.p95Ms).toBeLessThan(1_000);
    // The readings vary, so ten minutes can only show that the heap certainly grows.
    const { perHour, error } = figures.heapGrowth;
    expect(perHour - 2 * error).toBeLessThan(1);
    expect(Math.max(...figures.sockets)).toBeLessThanOrEqual(PAGES + 64 + 20);
  },
  (MINUTES + 2) * 60_000,
);

function share<T>(list: readonly T[], holds: (entry: T) => boolean): number {
  return round(list.filter(holds).length / list.length);
}

function percentile(answers: readonly Answer[], quantile: number): number {
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * quantile)] ?? Infinity);
}

/** The slope of points [ms, value] by least squares, with its standard error. */
function slopePerHour(points: readonly (readonly [number, number])[]) {
  const mean = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [meanMs, meanValue] = [mean(0), mean(1)];
  const above = points.reduce((sum, [ms, value]) => sum + (ms - meanMs) * (value - meanValue), 0);
  const below = points.reduce((sum, [ms]) => sum + (ms - meanMs) ** 2, 0);
  const slope = above / below;
  const squaredError = points.reduce(
    (sum, [ms, value]) => sum + (value - meanValue - slope * (ms - meanMs)) ** 2,
    0,
  );
  const error = Math.sqrt(squaredError / (points.length - 2) / below);
  return { perHour: round(slope * 3_600_000), error: round(error * 3_600_000) };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
