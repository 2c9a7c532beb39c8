import { onlineManager, QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutbox } from '@/lib/client/chat/outbox';
import { at, fromCustomer, fromShopper } from '@/tests/support/sample-order';

type Answer = () => Response | Promise<Response>;

let requests: { clientMessageId: string; body: string }[] = [];
let answers: Answer[] = [];
let queryClient: QueryClient;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(at('15:00')) });
  requests = [];
  answers = [];
  queryClient = new QueryClient();
  queryClient.mount();
  vi.stubGlobal('fetch', async (_path: string, { body }: { body: string }) => {
    requests.push(JSON.parse(body));
    return (answers.shift() ?? accept('m1'))();
  });
});
afterEach(() => {
  queryClient.unmount();
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
  const outbox = createOutbox(queryClient, 't', {
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

test('a message is listed as sending at once, then as sent', async () => {
  const outbox = open();
  outbox.write(' Yes ', []);
  expect(outbox.states()).toEqual(['Yes: sending']);
  await settle();
  expect(outbox.states()).toEqual(['Yes: sent']);
  expect(outbox.getAll()[0]).toMatchObject({ messageId: 'm1', at: at('15:01') });
  expect([requests.length, outbox.countSent()]).toEqual([1, 1]);
});

test('a message is not earlier than the thread’s last message, and stores the ids of the known messages', () => {
  const outbox = open();
  const [mine, theirs] = [fromCustomer('Yes'), fromShopper('Late', { at: at('16:00') })];
  outbox.write('Yes', [mine, theirs]);
  expect(outbox.getAll()[0]).toMatchObject({ at: at('16:00'), knownIds: new Set([mine.id]) });
});

test('after a broken connection a message is retried with the same id, and messages stay in order', async () => {
  answers = [cut, cut, accept('m1'), accept('m2')];
  const outbox = open();
  outbox.write('One', []);
  outbox.write('Two', []);
  await settle(10_000);
  expect(outbox.states()).toEqual(['One: sent', 'Two: sent']);
  expect(requests.map(({ body }) => body)).toEqual(['One', 'One', 'One', 'Two']);
  expect(new Set(requests.map(({ clientMessageId }) => clientMessageId)).size).toBe(2);
});

test('retries back off from 1 s to 16 s, so a message is sent after half a minute without a server', async () => {
  answers = [cut, cut, cut, cut, cut, accept('m1')];
  const outbox = open();
  outbox.write('One', []);
  await settle();
  const counts = [];
  for (const ms of [1_000, 2_000, 4_000, 8_000, 16_000]) {
    await settle(ms - 1);
    counts.push(requests.length);
    await settle(1);
  }
  expect(counts).toEqual([1, 2, 3, 4, 5]);
  expect(outbox.states()).toEqual(['One: sent']);
});

test('a message without any response is unconfirmed after the last retry, and the next message is sent', async () => {
  answers = [cut, cut, cut, cut, cut, cut, accept('m2')];
  const outbox = open();
  outbox.write('One', []);
  outbox.write('Two', []);
  await settle(60_000);
  expect(outbox.states()).toEqual(['One: unconfirmed', 'Two: sent']);
});

test('a message that the server reports as unconfirmed is not retried automatically', async () => {
  answers = [refuse(504, 'send_unconfirmed')];
  const outbox = open();
  outbox.write('One', []);
  await settle(60_000);
  expect(outbox.states()).toEqual(['One: unconfirmed']);
  expect(requests).toHaveLength(1);
});

test('a rate-limited message is retried after the response’s pollAfterMs', async () => {
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
])('%i %s: the message fails, and “Try again” keeps its id', async (status, code) => {
  answers = [refuse(status, code), accept('m1')];
  const outbox = open();
  outbox.write('One', []);
  await settle(60_000);
  expect(outbox.getAll()).toMatchObject([{ delivery: 'failed', problem: code }]);
  outbox.sendAgain(outbox.getAll()[0]?.clientMessageId ?? '');
  await settle();
  expect(outbox.states()).toEqual(['One: sent']);
  expect(requests[0]).toEqual(requests[1]);
});

test('an unconfirmed message that is sent again gets a new id and replaces the first one', async () => {
  answers = [refuse(504, 'send_unconfirmed'), accept('m2')];
  const outbox = open();
  outbox.write('One', []);
  await settle();
  outbox.sendAgain(outbox.getAll()[0]?.clientMessageId ?? '');
  await settle();
  expect(outbox.states()).toEqual(['One: sent']);
  expect(requests[0]?.clientMessageId).not.toBe(requests[1]?.clientMessageId);
});

test('a response that is not the server’s, such as a captive portal’s page, leaves the message unconfirmed', async () => {
  const captivePortal: Answer = () => new Response('<h1>Wi-Fi</h1>', { status: 200 });
  answers = Array.from({ length: 6 }, () => captivePortal);
  const outbox = open();
  outbox.write('One', []);
  await settle(60_000);
  expect(outbox.states()).toEqual(['One: unconfirmed']);
});

test('messages written offline are queued, then sent once and in order', async () => {
  const outbox = open();
  onlineManager.setOnline(false);
  outbox.write('One', []);
  outbox.write('Two', []);
  await settle(60_000);
  expect(outbox.states()).toEqual(['One: queued', 'Two: queued']);
  expect(requests).toEqual([]);
  onlineManager.setOnline(true);
  await settle(1_000);
  expect(outbox.states()).toEqual(['One: sent', 'Two: sent']);
  expect(requests.map(({ body }) => body)).toEqual(['One', 'Two']);
});

test('removed and cleared messages and the draft are no longer in memory', async () => {
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
