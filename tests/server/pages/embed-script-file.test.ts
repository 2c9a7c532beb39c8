import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { toEmbedScript } from '@/lib/server/pages/embed-script-file';

const source = readFileSync('public/embed.js', 'utf8');
const ORIGIN = 'https://orders.example.com';
const values = {
  PUBLIC_URL: ORIGIN,
  TITLE: 'Suivi de la commande',
  OPEN_IN_NEW_TAB: 'Ouvrir dans un nouvel onglet',
};

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

test('the served script has the origin of PUBLIC_URL and the texts, and no placeholder or comments', () => {
  const served = toEmbedScript(source, values);
  expect(served).toContain(`new URL("${ORIGIN}")`);
  expect(served).toContain(JSON.stringify(values.TITLE));
  expect(served).toContain(JSON.stringify(values.OPEN_IN_NEW_TAB));
  expect(served).not.toMatch(/PUBLIC_URL|TITLE|NEW_TAB|^\s*\/\/|^ /m);
  expect(define(served)).toBe(1);
});

test('the served script does not read its own address', () => {
  const reads: PropertyKey[] = [];
  const document = new Proxy({}, { get: (_, name) => void reads.push(name) });
  expect(define(toEmbedScript(source, values), document)).toBe(1);
  expect(reads).toEqual([]);
});

test('the source file without an origin throws and defines no element', () => {
  expect(() => define(source)).toThrow('Invalid URL');
});

test('a value with quotes and replacement patterns stays one string', () => {
  const odd = `https://a.example'"$&\\`;
  const text = "open('{PUBLIC_URL}', '{TITLE}', '{OPEN_IN_NEW_TAB}');";
  expect(toEmbedScript(text, { PUBLIC_URL: odd, TITLE: odd, OPEN_IN_NEW_TAB: 'c' })).toBe(
    `open(${JSON.stringify(odd)}, ${JSON.stringify(odd)}, "c");`,
  );
});

test.each([
  '',
  "'{PUBLIC_URL}' '{PUBLIC_URL}' '{TITLE}' '{OPEN_IN_NEW_TAB}'",
  "'{PUBLIC_URL}' '{TITLE}'",
])('a source like %j is refused', (text) => {
  expect(() => toEmbedScript(text, values)).toThrow('public/embed.js');
});
