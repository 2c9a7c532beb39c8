import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blankEnv } from '@/tests/support/blank-env';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const compose = readFileSync('compose.yml', 'utf8');

test('every image is pinned to one version, and Node to the one that is tested', () => {
  const images = [
    ...dockerfile.matchAll(/^FROM (\S+)/gm),
    ...compose.matchAll(/^ +image: (\S+)/gm),
  ].map(([, image = '']) => image);
  expect(images).toHaveLength(4);
  for (const image of images) expect(image).toMatch(/^[\w/]+:\d+\.\d+\.\d+-[\w-]+$/);
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  const minor = String(engines.node).replace('>=', '');
  expect(images.filter((image) => image.startsWith(`node:${minor}.`))).toHaveLength(2);
});

test('compose passes every setting on, but for what benchmarks want', () => {
  const names = [...compose.matchAll(/^ {4}([A-Z_]+):(?: |$)/gm)].map(([, name = '']) => name);
  const all = [...Object.keys(blankEnv), 'QUICK_REPLIES'].filter((name) => name !== 'LIMITS');
  expect(names.sort()).toEqual(all.sort());
});

test('the balancer leads all polls of a link to one instance', () => {
  const balancer = readFileSync('docs/haproxy.cfg', 'utf8');
  expect(balancer).toMatch(/balance hdr\(Authorization\)\n +hash-type consistent\n/);
});

test('the balancer waits for an answer longer than the longest takes, and looks often enough', () => {
  const balancer = readFileSync('docs/haproxy.cfg', 'utf8');
  expect(balancer).toContain('GET uri /readyz');
  expect(Number(/timeout server (\d+)s/.exec(balancer)?.[1])).toBeGreaterThan(9);
  const [, everySeconds, looks] = /inter (\d+)s fall (\d+)/.exec(balancer) ?? [];
  expect(Number(everySeconds) * Number(looks)).toBeLessThan(10);
});
