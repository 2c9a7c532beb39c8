import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { toEmbedScript } from '@/lib/server/pages/embed-script-file';

const source = readFileSync('public/embed.js', 'utf8');
const ORIGIN = 'https://orders.example.com';

/** Runs a script as a page would, and returns how often it defined the element. */
function define(script: string, document: object = {}): number {
  let count = 0;
  runInNewContext(script, {
    URL,
    document,
    HTMLElement: Object,
    customElements: { get: () => undefined, define: () => (count += 1) },
  });
  return count;
}

test('the served script has the origin of PUBLIC_URL, and no placeholder or comments', () => {
  const served = toEmbedScript(source, ORIGIN);
  expect(served).toContain(`new URL("${ORIGIN}")`);
  expect(served).not.toMatch(/PUBLIC_URL|^\s*\/\/|^ /m);
  expect(define(served)).toBe(1);
});

test('the served script does not read its own address', () => {
  const reads: PropertyKey[] = [];
  const document = new Proxy({}, { get: (_, name) => void reads.push(name) });
  expect(define(toEmbedScript(source, ORIGIN), document)).toBe(1);
  expect(reads).toEqual([]);
});

test('the source file without an origin throws and defines no element', () => {
  expect(() => define(source)).toThrow('Invalid URL');
});

test('an origin with quotes and replacement patterns stays one string', () => {
  const odd = `https://a.example'"$&\\`;
  expect(toEmbedScript("open('{PUBLIC_URL}');", odd)).toBe(`open(${JSON.stringify(odd)});`);
});

test.each(['', "'{PUBLIC_URL}' '{PUBLIC_URL}'"])('a source like %j is refused', (text) => {
  expect(() => toEmbedScript(text, ORIGIN)).toThrow('public/embed.js');
});
