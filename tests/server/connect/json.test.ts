import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConnectJson } from '@/lib/server/connect/json';

const MEBIBYTE = 1_048_576;

// The reviver keeps every value except long integers, which become text.
function keepLong(_: string, value: unknown): unknown {
  const isLong = typeof value === 'number' && /^-?\d{16,21}$/.test(String(value));
  return isLong ? expect.any(String) : value;
}

test('a negative integer of 15 digits stays a number, and one of 16 digits becomes text', async () => {
  expect(await parseConnectJson('[-524397665418151, -5243976654181510]')).toEqual([
    -524397665418151,
    '-5243976654181510',
  ]);
});

test('JSON without long integers is read as JSON.parse reads it, in any surroundings', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (text) => {
      const value = await parseConnectJson(
        `[${text}, 99999999999999999999, {"a\\"": "1234567890123456789"}]`,
      );
      expect(value).toEqual([
        JSON.parse(text, keepLong),
        '99999999999999999999',
        { 'a"': '1234567890123456789' },
      ]);
    }),
    { numRuns: 2_000 },
  );
}, 30_000);

test.each([
  '',
  '{',
  '{"a":1',
  '"',
  '"\\',
  '[1,]',
  '01234567890123456789',
  '-',
  '1234567890123456e',
  'nul',
])('%j is refused with a SyntaxError', async (text) => {
  await expect(parseConnectJson(text)).rejects.toBeInstanceOf(SyntaxError);
});

test.each(['1234567890123456.5', '1234567890123456e3', '-0.12345678901234567', '9'.repeat(400)])(
  '%.30s is read as a number, not as a long integer',
  async (text) => {
    expect(await parseConnectJson(text)).toBe(Number(text));
  },
);

const fill = (piece: string) =>
  `[${Array(Math.floor(MEBIBYTE / (piece.length + 1)))
    .fill(piece)
    .join()}]`;
const ownNames = (perObject: number) => {
  let name = 0;
  const toObject = () => `{${Array.from({ length: perObject }, () => `"n${name++}":1`).join()}}`;
  return `[${Array.from({ length: 60_000 / perObject }, toObject).join()}]`;
};

test.each([
  ['empty objects', fill('{}')],
  ['empty lists', fill('[]')],
  ['numbers', fill('1')],
  ['nested lists', '['.repeat(MEBIBYTE / 2) + ']'.repeat(MEBIBYTE / 2)],
  ['objects with distinct names', ownNames(3)],
  ['one object with distinct names', ownNames(60_000)],
])('a mebibyte of %s is refused before it is parsed', async (_, text) => {
  await expect(parseConnectJson(text)).rejects.toThrow('upstream_invalid');
});

test('a mebibyte of real messages is read', async () => {
  const row =
    '{"id":123456789,"order_id":122233,"created_at":"2021-01-01T00:00:00Z","recipient_id":334354343,"recipient_type":"user","sender_id":55655345,"sender_type":"driver","read":false,"body":"MessageBody"}';
  expect(await parseConnectJson(fill(row))).toHaveLength(Math.floor(MEBIBYTE / (row.length + 1)));
});

test('long integers become text, and more than 20,000 of them are refused', async () => {
  const number = '12345678901234567';
  const some = `[${Array.from({ length: 15_000 }, () => number).join()}]`;
  expect(await parseConnectJson(some)).toEqual(Array.from({ length: 15_000 }, () => number));
  const many = `[${Array.from({ length: 20_001 }, () => number).join()}]`;
  await expect(parseConnectJson(many)).rejects.toMatchObject({ code: 'upstream_invalid' });
});
