import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isProblemCode, PROBLEM_STATUS } from '@/lib/order/problem';
import { composeHostileBody } from '@/tests/simulator/hostile-scenario';
import { startOrderServer } from '@/tests/support/order-server';

// Responses of Connect that are damaged in 10,000 ways before the server reads them.

const RUNS = 10_000;
const AT_ONCE = 50;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const documented = readFileSync('tests/simulator/documented-example.txt', 'utf8');
const hostile = JSON.stringify(composeHostileBody(Date.parse('2026-11-20T18:00:00Z'), 'http://x'));
const bodies = [documented.slice(documented.indexOf('{')), hostile];

let server: Awaited<ReturnType<typeof startOrderServer>>;
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  server = await startOrderServer({ LIMITS: 'off' });
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await server.close();
});

const oddValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1e308, 2 ** 53, '', ' ', [], {}, [[]], [null]),
  fc.constantFrom<Json>(
    '__proto__',
    'constructor',
    '9'.repeat(400),
    '\ud800',
    '\u202e',
    'x'.repeat(30_000),
  ),
  fc.constantFrom<Json>('0000-00-00', '9999-12-31T23:59:59-23:59', '2026-02-30', '1e9', 'Infinity'),
  fc.constantFrom<Json>('javascript:alert(1)', 'https://[', '//', `https://${'a.'.repeat(900)}`),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** Replaces, removes, copies or renames one node of the structure. */
const structural = fc
  .record({
    text: fc.constantFrom(...bodies),
    path: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }),
    way: fc.constantFrom('replace', 'remove', 'double', 'rename'),
    value: oddValue,
    name: fc.constantFrom('__proto__', 'constructor', 'toString', 'error', 'length', ''),
  })
  .map(({ text, path, way, value, name }) => {
    const edit = (node: Json, [step = 0, ...rest]: number[]): Json => {
      if (typeof node !== 'object' || node === null) return value;
      const entries = Object.entries(node);
      const index = entries.length > 0 ? step % entries.length : 0;
      const changed = entries.flatMap(([key, entry], at): [string, Json][] => {
        if (at !== index) return [[key, entry]];
        if (rest.length > 0) return [[key, edit(entry, rest)]];
        if (way === 'remove') return [];
        if (way === 'double')
          return [
            [key, entry],
            [`${key}2`, entry],
          ];
        return way === 'rename' ? [[name, entry]] : [[key, value]];
      });
      return Array.isArray(node) ? changed.map(([, entry]) => entry) : Object.fromEntries(changed);
    };
    return JSON.stringify(edit(JSON.parse(text), path));
  });

/** Changes the text itself, as a cut, a flipped bit or a faulty proxy would. */
const textual = fc
  .record({
    text: fc.constantFrom(...bodies),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    length: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 }), fc.constant(1e9)),
    piece: fc.oneof(
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', 'null', '-', '1e999', '\\u0000'),
      fc.constantFrom(
        '9'.repeat(400),
        '"__proto__":{"id":1},',
        '"id":1,"id":2,',
        '['.repeat(5_000),
      ),
      fc.constantFrom('1234567890123456789' + '['.repeat(5_000), '\ufeff', '<html>', 'NaN'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
  })
  .map(({ text, at, length, piece }) => {
    const index = Math.floor(at * text.length);
    return text.slice(0, index) + piece + text.slice(index + length);
  });

test('a response with 100,000 invalid messages gives 502, and one with 5,000 an order', async () => {
  const { chat_messages, ...others } = JSON.parse(hostile);
  const [message] = chat_messages;
  const heap = (size: number) => [message, ...Array.from({ length: size }, () => ({}))];
  const read = async (size: number) => {
    const body = { ...others, chat_messages: heap(size) };
    server.simulator.control.putOrder(`heap-${size}`, { body });
    const response = await server.open(`heap-${size}`);
    return [response.status, (await response.json()).error?.code];
  };
  expect(await read(5_000)).toEqual([200, undefined]);
  expect(await read(100_000)).toEqual([502, 'upstream_invalid']);
});

test('a message id of 500,000 digits is replaced by a generated id', async () => {
  const text = hostile.replace('"id":700000000', `"id":${'9'.repeat(500_000)}`);
  server.simulator.control.putOrder('endless', { body: text });
  server.simulator.control.putOrder('sound', { body: hostile });
  const { chat } = await (await server.open('endless')).json();
  const { chat: sound } = await (await server.open('sound')).json();
  // The message is still shown, under a generated id.
  expect(chat.messages).toHaveLength(sound.messages.length);
  for (const { id } of chat.messages) expect(id.length).toBeLessThan(100);
});

test(`each of ${RUNS} damaged responses gives a view or a documented problem`, async () => {
  const seen = new Map<string, number>();
  let n = 0;
  const check = async (texts: string[]) => {
    const answers = texts.map(async (text) => {
      const orderId = `damaged-${n++}`;
      server.simulator.control.putOrder(orderId, { body: text });
      const response = await server.open(orderId);
      server.simulator.control.removeOrder(orderId);
      return [response.status, await response.json(), text] as const;
    });
    for (const [status, body, text] of await Promise.all(answers)) {
      const code = status === 200 ? 'view' : body.error.code;
      seen.set(code, (seen.get(code) ?? 0) + 1);
      if (status === 200) expect(Array.isArray(body.chat.messages), text).toBe(true);
      else expect([isProblemCode(code) && PROBLEM_STATUS[code], text]).toEqual([status, text]);
    }
  };
  const texts = fc.array(fc.oneof(structural, textual), { minLength: AT_ONCE, maxLength: AT_ONCE });
  await fc.assert(fc.asyncProperty(texts, check), { numRuns: RUNS / AT_ONCE, endOnFailure: true });
  expect([...seen.keys()].sort()).toEqual(['upstream_invalid', 'view']);
  expect(Math.min(...seen.values())).toBeGreaterThan(RUNS / 20);
  const unexpectedErrors = server.logLines.filter((line) => line.includes('errorName'));
  expect(unexpectedErrors).toEqual([]);
  expect(unhandled).toEqual([]);
}, 60_000);
