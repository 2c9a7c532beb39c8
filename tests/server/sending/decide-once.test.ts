import { expect, onTestFinished, test } from 'vitest';
import type { ItemLine, OrderView } from '@/lib/order/order-view';
import { minuteMs, secondMs } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { shortenedWait, startOrderServer } from '@/tests/support/order-server';

type Answer = { status: number; code?: string; item?: ItemLine };

async function start(overrides: Record<string, string> = {}) {
  const server = await startOrderServer({ LIMITS: 'off', ...overrides }, shortenedWait);
  onTestFinished(server.close);
  const { control } = server.simulator;
  const token = await server.mint('shopping');
  async function decide(decision: string, itemId = '3', link = token): Promise<Answer> {
    const response = await server.change('decideReplacement', link, { itemId, decision });
    const { error, item } = await response.json();
    return { status: response.status, ...(error && { code: error.code }), ...(item && { item }) };
  }
  return {
    ...server,
    control,
    token,
    decide,
    decisions: () => control.decisions('shopping').map(({ status }) => status),
    puts: () => control.calls({ route: 'decide' }).length,
    async states(): Promise<string> {
      const view: OrderView = await (await server.open('shopping')).json();
      return (view.items?.lines ?? []).map(({ state }) => state).join(' ');
    },
  };
}

test.each([
  ['approve', 'replaced', 'APPROVED'],
  ['refund', 'refunded', 'REJECTED'],
])(
  'the decision to %s makes the item %s, and the next poll shows it',
  async (decision, state, status) => {
    const { decide, decisions, states } = await start();
    expect(await states()).toContain('decide');
    expect(await decide(decision)).toEqual({
      status: 200,
      item: {
        ...{ id: '3', name: 'Oat milk, 32 oz', quantity: '1', unit: 'each', state },
        replacement: { name: 'Oat milk, 64 oz', quantity: '1', unit: 'each' },
      },
    });
    expect(decisions()).toEqual([status]);
    // The clock has not moved: without invalidation the cached order would be returned.
    expect((await states()).split(' ')[2]).toBe(state);
  },
);

test('the same decision again gets the same answer without a second decision', async () => {
  const { decide, mint, puts } = await start();
  const first = await decide('approve');
  expect(await decide('approve')).toEqual(first);
  expect(await decide('approve', '3', await mint('shopping', { num: 'GM-1' }))).toEqual(first);
  expect(puts()).toBe(1);
});

test.each(['approve', 'refund'])(
  'another offer within a minute of a decision is decided anew: %s',
  async (decision) => {
    const { control, decide, decisions } = await start();
    expect(await decide('refund')).toMatchObject({ status: 200 });
    const replacement = { name: 'Soy milk' };
    control.setItem('shopping', '3', { replacementStatus: 'PENDING', replacement });
    const { status, item } = await decide(decision);
    expect([status, item?.replacement?.name]).toEqual([200, 'Soy milk']);
    expect(decisions()).toHaveLength(2);
    expect(await decide(decision)).toEqual({ status, item });
    expect(decisions()).toHaveLength(2);
  },
);

test('a repeated decision is answered from the record while the items cannot be read', async () => {
  const { control, decide } = await start();
  const first = await decide('approve');
  control.fault({ route: 'items', kind: 'status', status: 500 });
  expect(await decide('approve')).toEqual(first);
});

test('the same decision after more than a minute is judged by the items, without a second decision', async () => {
  const { clock, decide, puts } = await start();
  const first = await decide('refund');
  clock.advance(2 * minuteMs);
  expect(await decide('refund')).toEqual(first);
  expect(await decide('approve')).toMatchObject({ status: 409, code: 'already_decided' });
  expect(puts()).toBe(1);
});

test('the opposite decision is already_decided, with the item as it is', async () => {
  const { decide, decisions } = await start();
  const { item } = await decide('approve');
  expect(await decide('refund')).toEqual({ status: 409, code: 'already_decided', item });
  expect(decisions()).toEqual(['APPROVED']);
});

test('equal concurrent decisions share one call, and the opposite one is judged by its outcome', async () => {
  const { decide, puts } = await start();
  const answers = await Promise.all([
    ...Array.from({ length: 5 }, () => decide('approve')),
    ...Array.from({ length: 3 }, () => decide('refund')),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 409, 409, 409]);
  expect(puts()).toBe(1);
});

test('a replacement that was decided by text message is already decided, or as wanted', async () => {
  const { control, decide, puts } = await start();
  control.setItem('shopping', '3', { replacementStatus: 'APPROVED' });
  expect(await decide('refund')).toMatchObject({
    ...{ status: 409, code: 'already_decided', item: { state: 'replaced' } },
  });
  expect(await decide('approve')).toMatchObject({ status: 200, item: { state: 'replaced' } });
  expect(puts()).toBe(0);
});

test('a decision that a text message overtakes is refused by Connect, and the item is read again', async () => {
  const { control, decide, puts } = await start();
  const refusal = { kind: 'status', status: 400, body: { error: { message: 'x', code: null } } };
  control.fault({ route: 'decide', times: 1, ...refusal, delayMs: 50 } as never);
  const deciding = decide('approve');
  await expect.poll(puts).toBe(1);
  control.setItem('shopping', '3', { replacementStatus: 'REJECTED' });
  expect(await deciding).toMatchObject({
    ...{ status: 409, code: 'already_decided', item: { state: 'refunded' } },
  });
  expect(puts()).toBe(1);
});

test('an item that the shopper has found meanwhile is already decided', async () => {
  const { control, decide } = await start();
  control.setItem('shopping', '3', { status: 'FOUND' });
  expect(await decide('refund')).toMatchObject({
    code: 'already_decided',
    item: { state: 'found' },
  });
});

test('a refund is too late once the shopper has paid, and the replacement that was bought is kept', async () => {
  const { control, decide, puts } = await start();
  control.advanceState('shopping', 'checkout');
  expect(await decide('refund')).toMatchObject({
    ...{ status: 409, code: 'too_late', item: { state: 'replaced' } },
  });
  expect(await decide('approve')).toMatchObject({ status: 200, item: { state: 'replaced' } });
  expect(puts()).toBe(0);
});

test('a replacement that stays pending after the payment is too late', async () => {
  const { control, decide, puts } = await start();
  control.setOrder('shopping', { state: 'checkout' });
  control.setItem('shopping', '3', { status: 'REPLACED', replacementStatus: 'PENDING' });
  expect(await decide('approve')).toMatchObject({ code: 'too_late', item: { state: 'decide' } });
  expect(puts()).toBe(1);
});

test('a new proposal for an item that was decided a minute ago can be decided', async () => {
  const { clock, control, decide, decisions } = await start();
  await decide('approve');
  clock.advance(minuteMs + secondMs);
  control.setItem('shopping', '3', {
    replacementStatus: 'PENDING',
    replacement: { name: 'Soy milk' },
  });
  expect(await decide('refund')).toMatchObject({ status: 200, item: { state: 'refunded' } });
  expect(decisions()).toEqual(['APPROVED', 'REJECTED']);
});

test('an order that went back to shopping can be decided', async () => {
  const { control, decide } = await start();
  control.setOrder('shopping', { state: 'checkout' });
  control.setOrder('shopping', { state: 'picking' });
  control.setItem('shopping', '3', { status: 'REPLACED', replacementStatus: 'PENDING' });
  expect(await decide('refund')).toMatchObject({ status: 200 });
});

test('an unknown item, order or customer gets 404 without a decision', async () => {
  const { decide, mint, puts } = await start();
  for (const itemId of ['99', "3'2", '../3'])
    expect(await decide('approve', itemId)).toEqual({ status: 404, code: 'item_not_found' });
  const elsewhere = [await mint('nowhere'), await mint('shopping', { sub: 'somebody' })];
  for (const link of elsewhere)
    expect(await decide('approve', '3', link)).toEqual({ status: 404, code: 'order_not_found' });
  expect(puts()).toBe(0);
});

test.each<[FaultEffect, Answer, number]>([
  [{ kind: 'drop-answer' }, { status: 200 }, 1],
  [{ kind: 'reset-mid-body' }, { status: 200 }, 1],
  [{ kind: 'html' }, { status: 504, code: 'send_unconfirmed' }, 0],
  [{ kind: 'reset' }, { status: 504, code: 'send_unconfirmed' }, 0],
  [{ kind: 'status', status: 500 }, { status: 504, code: 'send_unconfirmed' }, 0],
  [{ kind: 'status', status: 408 }, { status: 504, code: 'send_unconfirmed' }, 0],
  [
    { kind: 'status', status: 429, retryAfter: '9' },
    { status: 503, code: 'upstream_unavailable' },
    0,
  ],
  [{ kind: 'status', status: 403, body: 'no' }, { status: 503, code: 'upstream_unavailable' }, 0],
  [{ kind: 'unauthorized' }, { status: 503, code: 'upstream_unavailable' }, 0],
])('after %j the answer is %j, and Connect has decided %i times', async (effect, answer, count) => {
  const { control, decide, decisions, puts } = await start();
  control.fault({ route: 'decide', ...effect });
  expect(await decide('approve')).toMatchObject(answer);
  expect(decisions()).toHaveLength(count);
  expect(puts()).toBe(effect.kind === 'unauthorized' ? 2 : 1);
});

test('a decision with an unknown outcome is not repeated, and a later request is told the truth', async () => {
  const { clock, control, decide, puts } = await start();
  control.fault({ route: 'decide', kind: 'reset', times: 1 });
  expect(await decide('approve')).toMatchObject({ code: 'send_unconfirmed' });
  for (const decision of ['approve', 'refund'])
    expect(await decide(decision)).toMatchObject({ code: 'send_unconfirmed' });
  expect(puts()).toBe(1);
  control.setItem('shopping', '3', { replacementStatus: 'APPROVED' });
  expect(await decide('refund')).toMatchObject({ code: 'already_decided' });
  expect(await decide('approve')).toMatchObject({ status: 200 });
  expect(puts()).toBe(1);
  control.setItem('shopping', '3', { replacementStatus: 'PENDING' });
  clock.advance(2 * minuteMs);
  expect(await decide('approve')).toMatchObject({ status: 200 });
  expect(puts()).toBe(2);
});

test('a decision that Connect has surely not received may be made again', async () => {
  const { clock, control, decide, decisions } = await start();
  control.fault({ route: 'decide', kind: 'status', status: 429, times: 1 });
  expect(await decide('approve')).toMatchObject({ code: 'upstream_unavailable' });
  clock.advance(40 * secondMs);
  expect(await decide('refund')).toMatchObject({ status: 200 });
  expect(decisions()).toEqual(['REJECTED']);
});

test('if the items cannot be read, nothing is decided', async () => {
  const { control, decide, puts } = await start();
  control.fault({ route: 'items', kind: 'status', status: 500 });
  expect(await decide('approve')).toMatchObject({ status: 503, code: 'upstream_unavailable' });
  expect(puts()).toBe(0);
});

test('with ORDER_DETAILS=off there are no items to decide about', async () => {
  const { control, decide } = await start({ ORDER_DETAILS: 'off' });
  expect(await decide('approve')).toEqual({ status: 404, code: 'item_not_found' });
  expect(control.calls()).toEqual([]);
});
