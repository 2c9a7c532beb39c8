import { expect, test } from 'vitest';
import { VEHICLE_COLORS, VEHICLE_KINDS } from '@/lib/order/pickup';
import type { FaultEffect } from '@/tests/simulator/faults';
import { startPickupServer } from '@/tests/support/pickup-server';
import { codeOf } from '@/tests/support/sending-server';

const car = { model: 'Fiat Panda', kind: 'hatchback', color: 'red', plate: 'ABC 123' };

async function start(overrides: Record<string, string> = {}) {
  const server = await startPickupServer(overrides);
  return {
    ...server,
    puts: () => server.count('set_vehicle'),
    put: (input: unknown = car, token: string | undefined = server.token, headers = {}) =>
      server.change('setVehicle', token, input, headers),
  };
}

test('a vehicle is stored, returned and shown by the next poll', async () => {
  const { put, read } = await start();
  expect((await read()).pickup).not.toHaveProperty('vehicle');
  const response = await put();
  expect([response.status, await response.json()]).toEqual([200, { vehicle: car }]);
  // The clock has not moved: without invalidation the cached order would be returned.
  expect((await read()).pickup?.vehicle).toEqual(car);
});

test('a part of a vehicle is stored beside the other parts', async () => {
  const { put, read } = await start();
  await put({ model: 'Fiat Panda' });
  expect(await (await put({ plate: 'ABC 123' })).json()).toEqual({
    vehicle: { model: 'Fiat Panda', plate: 'ABC 123' },
  });
  expect((await read()).pickup?.vehicle).toEqual({ model: 'Fiat Panda', plate: 'ABC 123' });
});

test('every kind and color of the closed lists is accepted', async () => {
  const { put } = await start();
  for (const kind of VEHICLE_KINDS)
    expect(await (await put({ kind })).json()).toMatchObject({ vehicle: { kind } });
  for (const color of VEHICLE_COLORS)
    expect(await (await put({ color })).json()).toMatchObject({ vehicle: { color } });
});

test('texts become one line without control and bidi characters', async () => {
  const { put } = await start();
  const input = { model: '  Fiat\n\tPanda\u202e ', plate: 'ABC\u0000 123' };
  expect(await (await put(input)).json()).toEqual({
    vehicle: { model: 'Fiat Panda', plate: 'ABC 123' },
  });
});

test.each([
  ...['', '{', '[]', 'null', '{"color":"Red"}', '{"kind":"tank"}', '{"model":7}', '{"model":""}'],
  ...['{"model":" \\u200b "}', '{"plate":"123456789012345678901"}', '{"id":1}', '{"model":null}'],
  `{"model":"${'x'.repeat(101)}"}`,
  '{"vehicle_type":"suv"}',
])('the body %j gets 400 with the accepted values, without a call to Connect', async (body) => {
  const { control, put } = await start();
  const response = await put(body);
  const { error } = await response.json();
  expect([response.status, error.code]).toEqual([400, 'invalid_request']);
  if (body.startsWith('{"')) expect(error.message).toContain('"hatchback" | "minivan"');
  expect(control.calls()).toEqual([]);
});

test('read and share links, wrong types, long bodies and other sites are refused', async () => {
  const { control, mint, put, token } = await start();
  const refusals = [
    [await put('{', await mint('A-1', { scp: 'read' })), 403, 'read_only_link'],
    [await put('{', await mint('A-1', { scp: 'share' })), 403, 'read_only_link'],
    [await put('{', 'x'), 401, 'link_invalid'],
    [await put(car, token, { 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
    [await put(`{${' '.repeat(8_192)}}`), 413, 'too_large'],
    [await put(car, token, { 'sec-fetch-site': 'cross-site' }), 403, 'cross_site'],
  ] as const;
  for (const [response, status, code] of refusals)
    expect(await codeOf(response)).toEqual([status, code]);
  expect(control.calls()).toEqual([]);
});

test('an order that is not collected needs no vehicle, and an unknown one is not found', async () => {
  const { mint, put } = await start();
  const response = await put(car, await mint('shopping'));
  expect([response.status, await response.json()]).toEqual([
    409,
    {
      error: {
        code: 'not_ready',
        message: 'This order is not collected at the store, so it needs no vehicle.',
      },
    },
  ]);
  expect(await codeOf(await put(car, await mint('nowhere')))).toEqual([404, 'order_not_found']);
});

test('a vehicle can be stored before the order is ready and is shown with the pickup', async () => {
  const { put, read, setOrder } = await start();
  setOrder({ state: 'picking' });
  expect((await put()).status).toBe(200);
  expect(await read()).not.toHaveProperty('pickup');
});

const unconfirmed: [number, string] = [504, 'send_unconfirmed'];
const later: [number, string] = [503, 'upstream_unavailable'];

test.each<[FaultEffect, [number, string] | 'stored', number]>([
  [{ kind: 'missing-field', path: 'vehicle_info' }, 'stored', 1],
  [{ kind: 'wrong-shape', body: { vehicle_info: 'canary' } }, 'stored', 1],
  [{ kind: 'drop-answer' }, unconfirmed, 1],
  [{ kind: 'reset' }, unconfirmed, 1],
  [{ kind: 'hang' }, unconfirmed, 1],
  [{ kind: 'reset-mid-body' }, unconfirmed, 1],
  [{ kind: 'invalid-json' }, unconfirmed, 1],
  [{ kind: 'html' }, unconfirmed, 1],
  [{ kind: 'status', status: 204, body: '' }, unconfirmed, 1],
  [{ kind: 'status', status: 408 }, unconfirmed, 1],
  [{ kind: 'status', status: 500 }, unconfirmed, 1],
  [{ kind: 'several-errors' }, [400, 'invalid_request'], 1],
  [{ kind: 'status', status: 400, body: '<h1>canary</h1>' }, later, 1],
  [{ kind: 'status', status: 403 }, later, 1],
  [{ kind: 'status', status: 429 }, later, 1],
  [{ kind: 'unauthorized' }, later, 2],
])('after %j the answer is %j, and Connect is called %i times', async (effect, answer, count) => {
  const { control, logLines, put, puts } = await start();
  control.fault({ route: 'set_vehicle', ...effect });
  const response = await put();
  if (answer === 'stored')
    expect([response.status, await response.json()]).toEqual([200, { vehicle: car }]);
  else expect(await codeOf(response)).toEqual(answer);
  expect(puts()).toBe(count);
  expect(logLines.at(-1)).not.toMatch(/canary|errorName/);
});

test('after an unknown outcome the next poll shows what is stored', async () => {
  const { control, put, read } = await start();
  await read();
  control.fault({ route: 'set_vehicle', kind: 'drop-answer', times: 1 });
  const response = await put();
  expect(await response.json()).toEqual({
    error: {
      code: 'send_unconfirmed',
      message: 'We could not confirm that your vehicle was saved. You can save it again.',
    },
  });
  expect((await read()).pickup?.vehicle).toEqual(car);
});

test('a vehicle can be stored five times at once, apart from arrivals', async () => {
  const { change, put, token } = await start({ LIMITS: 'on' });
  for (let count = 0; count < 5; count++) expect((await put()).status).toBe(200);
  expect(await codeOf(await put())).toEqual([429, 'slow_down']);
  expect((await change('arrive', token, {})).status).toBe(200);
});

test('with ORDER_DETAILS=off there is no pickup that needs a vehicle', async () => {
  const { control, put } = await start({ ORDER_DETAILS: 'off' });
  expect(await codeOf(await put())).toEqual([409, 'not_ready']);
  expect(control.calls()).toEqual([]);
});

test('the log contains nothing of a vehicle', async () => {
  const { logLines, put } = await start();
  await put();
  expect(logLines.join()).not.toMatch(/Panda|ABC 123|hatchback/);
  expect(JSON.parse(logLines.at(-1) ?? '')).toMatchObject({ route: 'set_vehicle', status: 200 });
});
