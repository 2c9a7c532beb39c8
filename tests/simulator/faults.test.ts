import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFrozenClock } from './clock';
import { createConnectCaller } from './connect-caller';
import type { FaultEffect } from './faults';
import { startSimulator, type Simulator } from './simulator';

let simulator: Simulator;
let connect: ReturnType<typeof createConnectCaller>;

beforeEach(async () => {
  simulator = await startSimulator({ clock: createFrozenClock() });
  connect = createConnectCaller(simulator.url);
});

afterEach(() => simulator.close());

test('drip sends the body byte by byte', async () => {
  fail({ kind: 'drip', intervalMs: 15 });
  const response = await connect.openMessages('shopping');
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    expect(chunk.length).toBe(1);
    if ((size += 1) === 3) break;
  }
  expect(Number(response.headers['content-length'])).toBeGreaterThan(1_000);
});

test('a gzip bomb is small when sent and large when decompressed', async () => {
  fail({ kind: 'gzip-bomb' });
  const packed = await connect.openMessages('shopping');
  expect(Number(packed.headers['content-length'])).toBeLessThan(300_000);
  packed.destroy();
  const unpacked = await (await connect.getMessages('shopping')).arrayBuffer();
  expect(unpacked.byteLength).toBeGreaterThan(50_000_000);
});

test('a reset closes the connection before the headers or within the body', async () => {
  fail({ kind: 'reset' }, 1);
  await expect(connect.openMessages('shopping')).rejects.toMatchObject({ code: 'ECONNRESET' });
  fail({ kind: 'reset-mid-body' }, 1);
  const response = await connect.openMessages('shopping');
  expect(response.statusCode).toBe(200);
  await expect(response.toArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test.each([
  [{ kind: 'wrong-content-length' }],
  [{ kind: 'huge', sizeBytes: 1_000_000 }],
  [{ kind: 'html' }],
  [{ kind: 'invalid-json' }],
] satisfies [FaultEffect][])('%o does not yield a proper body', async (effect) => {
  fail(effect);
  const response = await connect.getMessages('shopping');
  expect(response.status).toBe(200);
  const size = await response.json().then(
    (value) => JSON.stringify(value).length < Number(response.headers.get('content-length')) / 2,
    () => 'unreadable',
  );
  expect(size).toBe(effect.kind === 'huge' ? true : 'unreadable');
});

test('status sends the documented body and Retry-After for the given number of calls', async () => {
  fail({ kind: 'status', status: 429, retryAfter: '2' }, 1);
  const limited = await connect.getMessages('shopping');
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
  expect((await connect.getMessages('shopping')).status).toBe(200);
  fail({ kind: 'redirect' });
  const moved = await connect.getMessages('shopping');
  expect([moved.status, moved.headers.get('location')]).toEqual([301, 'http://10.0.0.1/']);
});

test('missing-field removes a field, and huge-ids sends ids above 2^53', async () => {
  fail({ kind: 'missing-field', path: 'metadata.is_expired' }, 1);
  expect((await connect.readBody('shopping')).metadata).not.toHaveProperty('is_expired');
  fail({ kind: 'huge-ids' }, 1);
  expect(await (await connect.getMessages('shopping')).text()).toMatch(/"id":9007199\d{9},/);
});

test('a dropped answer still stores the message', async () => {
  simulator.control.fault({ route: 'send', kind: 'drop-answer', times: 1 });
  await expect(connect.postMessage('shopping', 'Did this arrive?')).rejects.toThrow();
  const bodies = (await connect.readBody('shopping')).chat_messages.map((message) => message.body);
  expect(bodies.filter((body) => body === 'Did this arrive?')).toHaveLength(1);
});

test('a hung call is recorded, and ends when the simulator closes', async () => {
  fail({ kind: 'hang' });
  const hung = connect.openMessages('shopping');
  await expect
    .poll(() => simulator.control.calls({ orderId: 'shopping' }))
    .toMatchObject([{ route: 'order_messages', headers: { accept: 'application/json' } }]);
  await Promise.all([simulator.close(), expect(hung).rejects.toThrow()]);
});

test('a stopped simulator refuses connections until it is restarted', async () => {
  await simulator.control.stop();
  await expect(connect.openMessages('shopping')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await simulator.control.restart();
  expect((await connect.getMessages('shopping')).status).toBe(200);
});

function fail(effect: FaultEffect, times?: number): void {
  simulator.control.fault({
    route: 'order_messages',
    orderId: 'shopping',
    ...effect,
    ...(times !== undefined && { times }),
  });
}
