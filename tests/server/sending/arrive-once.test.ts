import { expect, test } from 'vitest';
import { minuteMs, secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { startPickupServer } from '@/tests/support/pickup-server';

async function start(overrides: Record<string, string> = {}) {
  const server = await startPickupServer(overrides);
  async function arrive(link = server.token): Promise<[number, string?]> {
    const response = await server.change('arrive', link, {});
    const { error } = await response.json();
    return error ? [response.status, error.code] : [response.status];
  }
  const posts = () => server.count('arrival');
  const states = async () => (await server.read()).order?.stage;
  return { ...server, arrive, posts, stage: states };
}

test('an arrival reaches Connect once, and the next poll shows the hand-over', async () => {
  const { arrive, posts, stage, read, logLines } = await start();
  expect(await stage()).toBe('ready');
  expect(await arrive()).toEqual([200]);
  expect(JSON.parse(logLines.at(-1) ?? '')).toMatchObject({ route: 'arrive', outcome: 'posted' });
  // The clock has not moved: without invalidation the cached order would be returned.
  expect(await stage()).toBe('handing_over');
  expect((await read()).pickup?.canArrive).toBe(false);
  expect(posts()).toBe(1);
});

test('repeated taps, also with another link and a minute later, call Connect once', async () => {
  const { arrive, clock, control, mint, posts } = await start();
  await arrive();
  const calls = control.calls().length;
  expect(await arrive()).toEqual([200]);
  expect(await arrive(await mint('A-1', { num: 'GM-1' }))).toEqual([200]);
  expect(control.calls()).toHaveLength(calls);
  clock.advance(2 * minuteMs);
  expect(await arrive()).toEqual([200]);
  expect(posts()).toBe(1);
});

test('taps in two tabs at once call Connect once', async () => {
  const { arrive, control, posts } = await start();
  control.fault({ route: 'arrival', kind: 'slow', delayMs: 100 });
  const answers = await Promise.all(Array.from({ length: 5 }, () => arrive()));
  expect(answers).toEqual(answers.map(() => [200]));
  expect(posts()).toBe(1);
});

test('an order that is not ready gets not_ready, and can be arrived for once it is', async () => {
  const { arrive, posts, setOrder, stage } = await start();
  setOrder({ state: 'bags_check' });
  expect(await stage()).toBe('packing');
  expect(await arrive()).toEqual([409, 'not_ready']);
  setOrder({ state: 'ready_for_pickup' });
  expect(await arrive()).toEqual([200]);
  expect(posts()).toBe(2);
});

test('after a refusal the next poll reads the stage again', async () => {
  const { arrive, read, setOrder } = await start();
  expect((await read()).pickup?.canArrive).toBe(true);
  setOrder({ state: 'bags_check' });
  expect(await arrive()).toEqual([409, 'not_ready']);
  expect((await read()).pickup?.canArrive).toBe(false);
});

test('an order that is not collected, or is over, gets not_ready without a call about an arrival', async () => {
  const { arrive, mint, posts, setOrder } = await start();
  expect(await arrive(await mint('shopping'))).toEqual([409, 'not_ready']);
  for (const state of ['delivered', 'canceled']) {
    setOrder({ state });
    expect(await arrive()).toEqual([409, 'not_ready']);
  }
  expect(posts()).toBe(0);
});

test('a customer who has arrived in another way gets 200 without a call about an arrival', async () => {
  const { arrive, posts, setOrder } = await start();
  setOrder({ state: 'runner_acknowledged' });
  expect(await arrive()).toEqual([200]);
  expect(posts()).toBe(0);
});

test('an order that went back to ready a minute after the arrival can be arrived for again', async () => {
  const { arrive, clock, posts, setOrder } = await start();
  await arrive();
  setOrder({ state: 'ready_for_pickup' });
  clock.advance(minuteMs + secondMs);
  expect(await arrive()).toEqual([200]);
  expect(posts()).toBe(2);
});

test('if the order cannot be read, Connect decides about the arrival', async () => {
  const { arrive, control, mint, posts, setOrder } = await start();
  control.fault({ route: 'order', kind: 'status', status: 403 });
  expect(await arrive(await mint('shopping'))).toEqual([409, 'not_ready']);
  setOrder({ state: 'picking' });
  expect(await arrive()).toEqual([409, 'not_ready']);
  setOrder({ state: 'ready_for_pickup' });
  expect(await arrive()).toEqual([200]);
  expect(posts()).toBe(3);
});

test('if the order has no type, Connect decides about the arrival', async () => {
  const { arrive, posts, setOrder } = await start();
  setOrder({ without: ['fulfillment_type'] });
  expect(await arrive()).toEqual([409, 'not_ready']);
  expect(posts()).toBe(1);
});

test('an unknown order or customer gets order_not_found', async () => {
  const { arrive, mint } = await start();
  for (const link of [await mint('nowhere'), await mint('A-1', { sub: 'somebody' })])
    expect(await arrive(link)).toEqual([404, 'order_not_found']);
});

test('an order that Connect knows, and whose pickup it does not know, is not ready', async () => {
  const { arrive, control } = await start();
  control.fault({ route: 'arrival', kind: 'status', status: 404 });
  expect(await arrive()).toEqual([409, 'not_ready']);
});

const later: [number, string] = [503, 'upstream_unavailable'];
const unconfirmed: [number, string] = [504, 'send_unconfirmed'];

test.each<[FaultEffect, [number, string?], number]>([
  [{ kind: 'drop-answer' }, [200], 1],
  [{ kind: 'reset-mid-body' }, [200], 1],
  [{ kind: 'invalid-json' }, [200], 1],
  [{ kind: 'missing-field', path: 'success' }, [200], 1],
  [{ kind: 'html' }, unconfirmed, 1],
  [{ kind: 'reset' }, unconfirmed, 1],
  [{ kind: 'hang' }, unconfirmed, 1],
  [{ kind: 'wrong-shape', body: { success: false } }, unconfirmed, 1],
  [{ kind: 'status', status: 204, body: '' }, unconfirmed, 1],
  [{ kind: 'status', status: 408 }, unconfirmed, 1],
  [{ kind: 'status', status: 500 }, unconfirmed, 1],
  [{ kind: 'status', status: 503, retryAfter: '20' }, unconfirmed, 1],
  [{ kind: 'status', status: 400 }, [409, 'not_ready'], 1],
  [{ kind: 'status', status: 400, body: '<h1>canary</h1>' }, later, 1],
  [{ kind: 'status', status: 403 }, later, 1],
  [{ kind: 'status', status: 404, body: 'canary' }, later, 1],
  [{ kind: 'status', status: 429, retryAfter: '9' }, later, 1],
  [{ kind: 'unauthorized' }, later, 2],
])('after %j the answer is %j, and Connect is called %i times', async (effect, answer, count) => {
  const { arrive, control, posts, logLines } = await start();
  control.fault({ route: 'arrival', ...effect });
  expect(await arrive()).toEqual(answer);
  expect(posts()).toBe(count);
  expect(logLines.at(-1)).not.toMatch(/canary|errorName/);
});

test('an arrival with an unknown outcome is not repeated, and the stage decides later', async () => {
  const { arrive, clock, control, posts, setOrder } = await start();
  control.fault({ route: 'arrival', kind: 'reset', times: 1 });
  expect(await arrive()).toEqual(unconfirmed);
  expect(await arrive()).toEqual(unconfirmed);
  expect(posts()).toBe(1);
  setOrder({ state: 'user_at_store' });
  expect(await arrive()).toEqual([200]);
  expect(posts()).toBe(1);
  setOrder({ state: 'ready_for_pickup' });
  clock.advance(2 * minuteMs);
  expect(await arrive()).toEqual([200]);
  expect(posts()).toBe(2);
});

test('a customer can report an arrival five times at once', async () => {
  const { arrive, setOrder } = await start({ LIMITS: 'on' });
  setOrder({ state: 'bags_check' });
  for (let count = 0; count < 5; count++) expect(await arrive()).toEqual([409, 'not_ready']);
  expect(await arrive()).toEqual([429, 'slow_down']);
});

test('with ORDER_DETAILS=off there is no pickup to arrive for', async () => {
  const { arrive, control } = await start({ ORDER_DETAILS: 'off' });
  expect(await arrive()).toEqual([409, 'not_ready']);
  expect(control.calls()).toEqual([]);
});
