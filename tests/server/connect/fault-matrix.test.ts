import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { createRunningClock } from '@/tests/simulator/clock';
import type { FaultEffect } from '@/tests/simulator/faults';
import { startOrderServer } from '@/tests/support/order-server';

// Each row names a fault of Connect and, for both routes, the resulting status, code and number of
// faulty calls. Clock, waits and deadlines are real.

// The product's deadline is 8 s; a busy machine is late by seconds.
const LIMIT_MS = 12_000;

const refused = '503 upstream_unavailable, 1 call';
const twice = '503 upstream_unavailable, 2 calls';
const failed = '503 upstream_unavailable, 3 calls';
const invalid = '502 upstream_invalid, 1 call';
const tooSlow = '504 upstream_timeout, 2 calls';
const unconfirmed = '504 send_unconfirmed, 1 call';
const shown = '200, 1 call';
// The message was posted once, and the response or the thread confirms it.
const sent = '201, 1 call';

const html = { body: '<h1>canary</h1>', contentType: 'text/html' };
const otherError = { error: { message: 'canary', code: 1234 }, meta: {} };
const future = new Date(Date.now() + 3_600_000).toUTCString();

const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);
process.on('unhandledRejection', onUnhandled);
afterAll(() => void process.off('unhandledRejection', onUnhandled));

type Effect = FaultEffect & { delayMs?: number };
type Row = [effect: Effect, reading: string, sending: string];

const orderFaults: Row[] = [
  [{ kind: 'status', status: 400 }, refused, '400 invalid_request, 1 call'],
  [{ kind: 'several-errors' }, refused, '400 invalid_request, 1 call'],
  [{ kind: 'status', status: 400, ...html }, refused, refused],
  [{ kind: 'status', status: 403 }, shown, '403 chat_closed, 1 call'],
  [{ kind: 'status', status: 403, body: otherError }, refused, refused],
  [{ kind: 'status', status: 403, ...html }, refused, refused],
  [{ kind: 'status', status: 404 }, '404 order_not_found, 1 call', '404 order_not_found, 1 call'],
  [{ kind: 'status', status: 404, ...html }, refused, refused],
  [{ kind: 'status', status: 418 }, refused, refused],
  [{ kind: 'status', status: 408 }, failed, unconfirmed],
  [{ kind: 'status', status: 429, retryAfter: '20' }, refused, refused],
  [{ kind: 'status', status: 429, retryAfter: future }, refused, refused],
  [{ kind: 'status', status: 429, retryAfter: '9'.repeat(400) }, refused, refused],
  [{ kind: 'status', status: 500 }, failed, unconfirmed],
  [{ kind: 'status', status: 500, body: '{"canary' }, failed, unconfirmed],
  [{ kind: 'status', status: 502, ...html }, failed, unconfirmed],
  [{ kind: 'status', status: 503 }, failed, unconfirmed],
  [{ kind: 'status', status: 503, retryAfter: '20' }, refused, unconfirmed],
  [{ kind: 'status', status: 504 }, failed, unconfirmed],
  [{ kind: 'status', status: 204, body: '' }, invalid, unconfirmed],
  [{ kind: 'status', status: 201, body: {} }, invalid, unconfirmed],
  [{ kind: 'redirect' }, invalid, unconfirmed],
  [{ kind: 'html' }, invalid, unconfirmed],
  [{ kind: 'invalid-json' }, invalid, sent],
  [{ kind: 'wrong-shape' }, invalid, unconfirmed],
  [{ kind: 'wrong-shape', body: null }, invalid, unconfirmed],
  [{ kind: 'wrong-shape', body: [] }, invalid, unconfirmed],
  [{ kind: 'wrong-shape', body: 'canary' }, invalid, unconfirmed],
  [{ kind: 'missing-field', path: 'chat_messages' }, invalid, sent],
  [{ kind: 'missing-field', path: 'lifecycle_messages' }, invalid, sent],
  [{ kind: 'missing-field', path: 'metadata' }, invalid, sent],
  [{ kind: 'missing-field', path: 'metadata.is_expired' }, shown, sent],
  [{ kind: 'missing-field', path: 'metadata.customer' }, shown, sent],
  [{ kind: 'missing-field', path: 'metadata.shoppers' }, shown, sent],
  [{ kind: 'missing-field', path: 'chat_messages.*.body' }, shown, sent],
  [{ kind: 'missing-field', path: 'id' }, shown, sent],
  [{ kind: 'missing-field', path: 'created_at' }, shown, sent],
  [{ kind: 'wrong-type', path: 'metadata.is_expired', value: 'no' }, shown, sent],
  [{ kind: 'wrong-type', path: 'chat_messages', value: {} }, invalid, sent],
  [{ kind: 'wrong-type', path: 'chat_messages', value: null }, shown, sent],
  [{ kind: 'wrong-type', path: 'lifecycle_messages', value: null }, shown, sent],
  [{ kind: 'wrong-type', path: 'metadata', value: null }, invalid, sent],
  [{ kind: 'wrong-type', path: 'lifecycle_messages.*', value: null }, shown, sent],
  [{ kind: 'wrong-type', path: 'id', value: {} }, shown, sent],
  [{ kind: 'invalid-dates' }, shown, sent],
  [{ kind: 'skewed-dates', skewMs: 600_000 }, shown, sent],
  [{ kind: 'skewed-dates', skewMs: -600_000 }, shown, sent],
  [{ kind: 'unknown-fields' }, shown, sent],
  [{ kind: 'unknown-values' }, shown, sent],
  [{ kind: 'duplicate-ids' }, shown, sent],
  [{ kind: 'repeated-entries' }, shown, sent],
  [{ kind: 'huge-ids' }, shown, sent],
  [{ kind: 'shuffled' }, shown, sent],
  [{ kind: 'huge' }, invalid, sent],
  [{ kind: 'huge', sizeBytes: 1_048_577 }, invalid, sent],
  [{ kind: 'huge', sizeBytes: 1_000_000 }, shown, sent],
  [{ kind: 'gzip-bomb' }, invalid, sent],
  [{ kind: 'gzip-bomb', sizeBytes: 1_000_000 }, shown, sent],
  [{ kind: 'wrong-content-length', byBytes: -50 }, invalid, sent],
  [{ kind: 'wrong-content-length' }, failed, sent],
  [{ kind: 'reset' }, failed, unconfirmed],
  [{ kind: 'reset-mid-body' }, failed, sent],
  [{ kind: 'drop-answer' }, failed, sent],
  [{ kind: 'unauthorized' }, twice, twice],
];

const slowFaults: Row[] = [
  [{ kind: 'status', status: 429, retryAfter: 'soon' }, failed, failed],
  [{ kind: 'status', status: 429, retryAfter: '1' }, failed, failed],
  [{ kind: 'status', status: 429 }, failed, failed],
  [{ kind: 'hang' }, tooSlow, unconfirmed],
  [{ kind: 'headers-then-hang' }, tooSlow, sent],
  [{ kind: 'drip' }, tooSlow, sent],
  [{ kind: 'slow', delayMs: 20_000 }, tooSlow, unconfirmed],
];

const tokenFaults: Row[] = [
  [{ kind: 'status', status: 400 }, refused, refused],
  [{ kind: 'status', status: 401 }, refused, refused],
  [{ kind: 'status', status: 403 }, refused, refused],
  [{ kind: 'status', status: 404 }, refused, refused],
  [{ kind: 'status', status: 429, retryAfter: '20' }, refused, refused],
  [{ kind: 'status', status: 500 }, failed, failed],
  [{ kind: 'reset' }, failed, failed],
  [{ kind: 'redirect' }, invalid, refused],
  [{ kind: 'html' }, invalid, refused],
  [{ kind: 'invalid-json' }, invalid, refused],
  [{ kind: 'wrong-shape' }, invalid, refused],
  [{ kind: 'huge' }, invalid, refused],
  [{ kind: 'missing-field', path: 'access_token' }, invalid, refused],
  [{ kind: 'wrong-type', path: 'access_token', value: 5 }, invalid, refused],
  [{ kind: 'missing-expires-in' }, shown, sent],
  [{ kind: 'expires-at-once' }, twice, twice],
];

const slowTokenFaults: Row[] = [
  [{ kind: 'status', status: 429 }, failed, failed],
  [{ kind: 'delay', delayMs: 2_000 }, shown, sent],
  [{ kind: 'hang' }, tooSlow, twice],
  [{ kind: 'headers-then-hang' }, tooSlow, twice],
  [{ kind: 'drip' }, tooSlow, twice],
];

type Route = 'order_messages' | 'send';
type Case = Awaited<ReturnType<typeof prepare>>;

async function prepare(faulty: Route | 'token', effect: Effect, route: Route, expected: string) {
  const server = await startOrderServer({}, sleep, createRunningClock());
  server.simulator.control.fault({ route: faulty, ...effect });
  const token = await server.mint('shopping');
  const name = `${faulty}: ${JSON.stringify(effect).slice(0, 100)}`;
  return { name, faulty, route, expected, token, ...server };
}

function prepareAll(rows: Row[], faulty?: 'token'): Promise<Case[]> {
  return Promise.all(
    rows.flatMap(([effect, reading, sending]) => [
      prepare(faulty ?? 'order_messages', effect, 'order_messages', reading),
      prepare(faulty ?? 'send', effect, 'send', sending),
    ]),
  );
}

/** Makes one request under one fault; `status` is 0 if the response was not in time. */
async function runCase({ name, faulty, route, expected, token, request, post, ...server }: Case) {
  const limit = new AbortController();
  // The timer runs in the same event loop, so a busy machine delays both.
  const late = sleep(LIMIT_MS, undefined, { signal: limit.signal });
  const answered =
    route === 'send'
      ? post(token, { clientMessageId: randomUUID(), body: 'Hello' })
      : request(token);
  const response = await Promise.race([answered, late]);
  limit.abort();
  await late.catch(() => undefined);
  const text = (await response?.text()) ?? '';
  const callCount = server.simulator.control.calls({ route: faulty }).length;
  await server.close();
  const status = response?.status ?? 0;
  return { name, expected, status, text, callCount, lines: server.logLines };
}

async function runCases(
  pending: Case[],
  concurrency: number,
): Promise<Awaited<ReturnType<typeof runCase>>[]> {
  const outcomes: Awaited<ReturnType<typeof runCase>>[] = [];
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let next = pending.shift(); next; next = pending.shift())
        outcomes.push(await runCase(next));
    }),
  );
  return outcomes;
}

// Large bodies run one at a time and hanging calls at the end, because the deadlines are real:
// work for other cases would use up the time of a call.
const LARGE = /huge|gzip-bomb/;
const cases = [...(await prepareAll(orderFaults)), ...(await prepareAll(tokenFaults, 'token'))];
const slowCases = [
  ...(await prepareAll(slowFaults)),
  ...(await prepareAll(slowTokenFaults, 'token')),
];
const outcomes = await runCases(
  cases.filter(({ name }) => LARGE.test(name)),
  1,
);
outcomes.push(
  ...(await runCases(
    cases.filter(({ name }) => !LARGE.test(name)),
    8,
  )),
);
outcomes.push(...(await Promise.all(slowCases.map(runCase))));

test.each(outcomes)('$name: $expected', ({ expected, status, text, callCount, lines }) => {
  const { error } = JSON.parse(text || '{}');
  const outcome = [status, error?.code].filter(Boolean).join(' ');
  expect(`${outcome}, ${callCount} ${callCount === 1 ? 'call' : 'calls'}`).toBe(expected);
  expect(text).not.toContain('canary');
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0] ?? '');
  expect(line).toMatchObject({ status, ...(error && { code: error.code }) });
  expect(line).not.toHaveProperty('errorName');
});

test('no fault leaves an unhandled rejection', () => {
  expect(unhandled).toEqual([]);
});
