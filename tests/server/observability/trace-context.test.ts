import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseTraceparent,
  startTrace,
  toTraceparent,
} from '@/lib/server/observability/trace-context';

const valid = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const id = (length: number) => hex(length).filter((text) => /[^0]/.test(text));

test('the example traceparent of the specification is parsed', () => {
  expect(parseTraceparent(valid)).toEqual({
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    isSampled: true,
  });
});

test('every well-formed traceparent is parsed with its sampling and forwarded with a new span id', () => {
  fc.assert(
    fc.property(id(32), id(16), hex(2), (traceId, parentId, flags) => {
      const trace = parseTraceparent(`00-${traceId}-${parentId}-${flags}`);
      const isSampled = Number.parseInt(flags, 16) % 2 === 1;
      expect(trace).toEqual({ traceId, isSampled });
      const next = trace ? toTraceparent(trace) : '';
      expect(parseTraceparent(next)).toEqual(trace);
      expect(next).toMatch(isSampled ? /-01$/ : /-00$/);
      expect(next).not.toContain(parentId);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('a traceparent of a later version may have more fields', () => {
  fc.assert(
    fc.property(id(32), id(16), hex(2), fc.string(), (traceId, parentId, version, more) => {
      fc.pre(version !== '00' && version !== 'ff');
      const known = `${version}-${traceId}-${parentId}-00`;
      expect(parseTraceparent(known)?.traceId).toBe(traceId);
      expect(parseTraceparent(`${known}-${more}`)?.traceId).toBe(traceId);
      if (more !== '' && !more.startsWith('-'))
        expect(parseTraceparent(`${known}${more}`)).toBeUndefined();
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test.each([
  null,
  '',
  `${valid}-`,
  `${valid}-00`,
  ` ${valid}`,
  `${valid}\n`,
  `${valid}, ${valid}`,
  valid.toUpperCase(),
  valid.replace('00-', 'ff-'),
  valid.replace('00-', '0-'),
  valid.replace('4bf92f3577b34da6a3ce929d0e0e4736', '0'.repeat(32)),
  valid.replace('00f067aa0ba902b7', '0'.repeat(16)),
  valid.replace(/-01$/, '-1'),
  valid.replace(/-01$/, '-0g'),
])('traceparent %j is rejected', (header) => {
  expect(parseTraceparent(header)).toBeUndefined();
});

test('a parsed trace id always has 32 hexadecimal digits that are not all zero', () => {
  const mutated = fc
    .tuple(fc.nat(valid.length), fc.string({ unit: 'binary', maxLength: 3 }), fc.nat(3))
    .map(([at, text, cut]) => valid.slice(0, at) + text + valid.slice(at + cut));
  fc.assert(
    fc.property(fc.oneof(mutated, fc.string({ unit: 'binary' })), (header) => {
      const trace = parseTraceparent(header);
      if (trace) expect(trace.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    }),
    { numRuns: 5_000 },
  );
}, 30_000);

test('a new trace is well-formed, unique and not sampled', () => {
  const trace = startTrace();
  expect(parseTraceparent(toTraceparent(trace))).toEqual({ ...trace, isSampled: false });
  expect(startTrace().traceId).not.toBe(trace.traceId);
});
