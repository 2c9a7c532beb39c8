import { expect, onTestFinished, test, vi } from 'vitest';
import { inMinutes, type Script, type Step } from '@/tests/simulator/order-script';
import { minuteMs } from '@/tests/simulator/clock';
import { startOrderServer } from '@/tests/support/order-server';

// Calls to Connect for one order, by the number of open pages, with and without the reads of the order, its items and its pickup.

vi.setConfig({ testTimeout: 120_000 });

const MINUTES = 5;

const { notice, fromShopper, shopper, order, delivered } = inMinutes;
const shopping: Step[] = [shopper(0, 'zelma'), order(0, { state: 'picking' })];

const stages: Record<string, Script> = {
  'shopping without news': { ageMs: 10 * minuteMs, steps: shopping },
  // Messages within the last two minutes make pages poll every 5 s.
  shopping: {
    ageMs: 10 * minuteMs,
    steps: [
      ...shopping,
      ...[10, 11, 12, 13, 14].map((at) => fromShopper(at, 'Is this one fine?')),
      notice(12, 'Oat milk was replaced', ['push', 'sms']),
      notice(13, 'Bread was refunded', ['push', 'sms']),
    ],
  },
  'on the way': {
    ageMs: 40 * minuteMs,
    steps: [
      ...shopping,
      order(39, { state: 'delivering' }),
      notice(39, 'On the way', ['push', 'sms']),
    ],
  },
  'ready for pickup': {
    ageMs: 40 * minuteMs,
    steps: [
      ...shopping,
      order(0, { type: 'pickup', pickupCategory: 'curbside' }),
      order(39, { state: 'ready_for_pickup' }),
      notice(39, 'Ready for pickup', ['push', 'sms']),
      notice(42, 'Your window closes soon', ['push', 'sms']),
    ],
  },
  done: {
    ageMs: 90 * minuteMs,
    steps: [...shopping, delivered(60), notice(60, 'Delivered', ['push', 'sms'])],
  },
};

/** Calls per minute while pages poll for five minutes at the pace of the server, with jitter. */
async function countCalls(script: Script, viewers: number, details: 'on' | 'off') {
  const server = await startOrderServer({ ORDER_DETAILS: details });
  onTestFinished(server.close);
  const { clock, simulator, mint, request } = server;
  simulator.control.putOrder('A-1', { script });
  const startMs = clock.nowMs();
  const endMs = startMs + MINUTES * minuteMs;
  const pages = await Promise.all(
    Array.from({ length: viewers }, async (_, index) => ({
      token: await mint('A-1'),
      nextAtMs: startMs + index * 200,
    })),
  );
  for (let turn = 0; ; turn++) {
    const page = pages.reduce((first, other) => (other.nextAtMs < first.nextAtMs ? other : first));
    if (page.nextAtMs >= endMs) break;
    clock.advance(Math.max(0, page.nextAtMs - clock.nowMs()));
    const { pollAfterMs } = await (await request(page.token)).json();
    page.nextAtMs += pollAfterMs * (0.8 + 0.1 * (turn % 5));
  }
  const count = (route?: 'order' | 'items' | 'pickup' | 'vehicle' | 'order_messages') =>
    simulator.control.calls(route && { route }).length / MINUTES;
  return {
    messages: count('order_messages'),
    orders: count('order'),
    items: count('items'),
    pickups: count('pickup') + count('vehicle'),
    all: count(),
  };
}

const cases = Object.keys(stages).flatMap((stage) =>
  [1, 5, 50].map((viewers) => ({ stage, viewers })),
);

// The first reads, and those after an update, need not wait for their share.
const EARLY_READS = 4 / MINUTES;

test.each(cases)(
  '$viewers viewers of an order that is $stage cause a third more calls and the early reads at most',
  async ({ stage, viewers }) => {
    const script = stages[stage] ?? { ageMs: 0, steps: [] };
    const alone = await countCalls(script, viewers, 'off');
    const { messages, orders, items, pickups, all } = await countCalls(script, viewers, 'on');
    console.log(
      `${stage}, ${viewers} viewers, calls per minute: messages alone ${alone.messages}, ` +
        `with order, items and pickup ${messages} + ${orders} + ${items} + ${pickups}, ` +
        `per viewer with tokens ${(all / viewers).toFixed(1)}`,
    );
    expect(alone.orders + alone.items + alone.pickups).toBe(0);
    expect(pickups > 0).toBe(stage === 'ready for pickup');
    expect(orders).toBeGreaterThan(0);
    expect(items).toBeGreaterThan(0);
    expect(messages).toBe(alone.messages);
    expect(orders + items + pickups).toBeLessThanOrEqual(alone.messages / 3 + EARLY_READS);
    if (stage === 'shopping without news') expect(all / viewers).toBeLessThanOrEqual(8.5);
  },
);
