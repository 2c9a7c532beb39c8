import { onlineManager, QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutbox } from '@/lib/client/chat/outbox';
import { at, fromCustomer, fromShopper } from '@/tests/support/sample-order';

type Answer = () => Response | Promise<Response>;

let asked: { clientMessageId: string; body: string }[] = [];
let answers: Answer[] = [];
let memory: QueryClient;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(at('15:00')) });
  asked = [];
  answers = [];
  memory = new QueryClient();
  memory.mount();
  vi.stubGlobal('fetch', async (_path: string, { body }: { body: string }) => {
    asked.push(JSON.parse(body));
    return (answers.shift() ?? accept('m1'))();
  });
});
afterEach(() => {
  memory.unmount();
  onlineManager.setOnline(true);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function reply(status: number, body: unknown): Answer {
  return () => new Response(JSON.stringify(body), { status });
}

function accept(id: string): Answer {
  return reply(201, { message: { id, at: at('15:01'), from: 'customer', body: '', read: false } });
}

function refuse(status: number, code: string, more: object = {}): Answer {
  return reply(status, { error: { code, message: '' }, ...more });
}

const cut: Answer = () => Promise.reject(new TypeError('network'));

let nextId = 0;

function open() {
  let sentCount = 0;
  const outbox = createOutbox(memory, 't', {
    now: Date.now,
    newId: () => `new-${(nextId += 1)}`,
    onSent: () => (sentCount += 1),
  });
  const stop = outbox.subscribe(() => undefined);
  return {
    ...outbox,
    stop,
    countSent: () => sentCount,
    states: () => outbox.getAll().map(({ body, delivery }) => `${body}: ${delivery}`),
  };
}

async function settle(ms = 0) {
  await vi.advanceTimersByTimeAsync(ms);
}

test('a message is there at once, and then sent', async () => {
  const outbox = open();
  outbox.write(' Yes ', []);
  expect(outbox.states()).toEqual(['Yes: sending']);
  await settle();
  expect(outbox.states()).toEqual(['Yes: sent']);
  expect(outbox.getAll()[0]).toMatchObject({ messageId: 'm1', at: at('15:01') });
  expect([asked.length, outbox.countSent()]).toEqual([1, 1]);
});

test('it stands after what it answers, whatever the clocks say, and knows what was there', () => {
  const outbox = open();
  const [mine, theirs] = [fromCustomer('Yes'), fromShopper('Late', { at: at('16:00') })];
  outbox.write('Yes', [mine, theirs]);
  expect(outbox.getAll()[0]).toMatchObject({ at: at('16:00'), knownIds: new Set([mine.id]) });
});

test('after a cut it is asked again under the same name, and in the order of writing', async () => {
  answers = [cut, cut, accept('m1'), accept('m2')];
  const outbox = open();
  outbox.write('One', []);
  outbox.write('Two', []);
  await settle(10_000);
  expect(outbox.states()).toEqual(['One: sent', 'Two: sent']);
  expect(asked.map(({ body }) => body)).toEqual(['One', 'One', 'One', 'Two']);
  expect(new Set(asked.map(({ clientMessageId }) => clientMessageId)).size).toBe(2);
});

test('asks again less and less often, for half a minute: a restart or a tunnel is no loss', async () => {
  answers = [cut, cut, cut, cut, cut, accept('m1')];
  const outbox = open();
  outbox.write('One', []);
  await settle();
  const counts = [];
  for (const ms of [1_000, 2_000, 4_000, 8_000, 16_000]) {
    await settle(ms - 1);
    counts.push(asked.length);
    await settle(1);
  }
  expect(counts).toEqual([1, 2, 3, 4, 5]);
  expect(outbox.states()).toEqual(['One: sent']);
});

test('when nobody ever says what became of it, it is unconfirmed, and the next goes on', async () => {
  answers = [cut, cut, cut, cut, cut, cut, accept('m2')];
  const outbox = open();
  outbox.write('One', []);
  outbox.write('Two', []);
  await settle(60_000);
  expect(outbox.states()).toEqual(['One: unconfirmed', 'Two: sent']);
});

test('what the server calls unconfirmed is not asked again by itself', async () => {
  answers = [refuse(504, 'send_unconfirmed')];
  const outbox = open();
  outbox.write('One', []);
  await settle(60_000);
  expect(outbox.states()).toEqual(['One: unconfirmed']);
  expect(asked).toHaveLength(1);
});

test('too many at once wait as long as they are told to', async () => {
  answers = [refuse(429, 'slow_down', { pollAfterMs: 6_000 }), accept('m1')];
  const outbox = open();
  outbox.write('One', []);
  await settle(5_900);
  expect(outbox.states()).toEqual(['One: sending']);
  await settle(200);
  expect(outbox.states()).toEqual(['One: sent']);
});

test.each([
  [403, 'chat_closed'],
  [503, 'upstream_unavailable'],
  [400, 'invalid_request'],
  [410, 'link_expired'],
])('%i %s: failed, and tried again under its own name', async (status, code) => {
  answers = [refuse(status, code), accept('m1')];
  const outbox = open();
  outbox.write('One', []);
  await settle(60_000);
  expect(outbox.getAll()).toMatchObject([{ delivery: 'failed', problem: code }]);
  outbox.sendAgain(outbox.getAll()[0]?.clientMessageId ?? '');
  await settle();
  expect(outbox.states()).toEqual(['One: sent']);
  expect(asked[0]).toEqual(asked[1]);
});

test('what may have arrived is sent again only as a message of its own, in place of the first', async () => {
  answers = [refuse(504, 'send_unconfirmed'), accept('m2')];
  const outbox = open();
  outbox.write('One', []);
  await settle();
  outbox.sendAgain(outbox.getAll()[0]?.clientMessageId ?? '');
  await settle();
  expect(outbox.states()).toEqual(['One: sent']);
  expect(asked[0]?.clientMessageId).not.toBe(asked[1]?.clientMessageId);
});

test('what answers in the server’s place, such as a hotel’s page, has sent nothing for certain', async () => {
  const hotel: Answer = () => new Response('<h1>Wi-Fi</h1>', { status: 200 });
  answers = [hotel, hotel, hotel, hotel, hotel, hotel];
  const outbox = open();
  outbox.write('One', []);
  await settle(60_000);
  expect(outbox.states()).toEqual(['One: unconfirmed']);
});

test('offline it queues, and goes out once, in order, when back', async () => {
  const outbox = open();
  onlineManager.setOnline(false);
  outbox.write('One', []);
  outbox.write('Two', []);
  await settle(60_000);
  expect(outbox.states()).toEqual(['One: queued', 'Two: queued']);
  expect(asked).toEqual([]);
  onlineManager.setOnline(true);
  await settle(1_000);
  expect(outbox.states()).toEqual(['One: sent', 'Two: sent']);
  expect(asked.map(({ body }) => body)).toEqual(['One', 'Two']);
});

test('deleted or cleared, it is gone from memory with its draft', async () => {
  answers = [refuse(403, 'chat_closed'), refuse(403, 'chat_closed')];
  const outbox = open();
  outbox.write('One', []);
  outbox.write('Two', []);
  outbox.setDraft('Three');
  await settle();
  outbox.remove(outbox.getAll()[0]?.clientMessageId ?? '');
  expect(outbox.states()).toEqual(['Two: failed']);
  outbox.clear();
  expect([outbox.getAll(), outbox.getDraft()]).toEqual([[], '']);
});
