import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blankEnv } from '@/tests/support/blank-env';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const compose = readFileSync('compose.yml', 'utf8');

test('every image has a pinned version, and Node a documented long-term version', () => {
  const images = [
    ...dockerfile.matchAll(/^FROM (\S+)/gm),
    ...compose.matchAll(/^ +image: (\S+)/gm),
  ].map(([, image = '']) => image);
  expect(images).toHaveLength(4);
  for (const image of images)
    expect(image).toMatch(/^[\w/]+:\d+\.\d+\.\d+-[\w-]+(@sha256:[\da-f]{64})?$/);
  const versions = images.flatMap((image) => /^node:([\d.]+)-/.exec(image)?.[1] ?? []);
  expect(versions).toHaveLength(2);
  expect(new Set(versions).size).toBe(1);
  expect(Number.parseInt(versions[0] ?? '', 10) % 2).toBe(0);
  expect(readFileSync('docs/operating.md', 'utf8')).toContain(`${versions[0]}, the version of`);
});

test('compose passes every setting to the instances, except LIMITS and the address of its own Redis', () => {
  const names = [...compose.matchAll(/^ {4}([A-Z_]+):(?: |$)/gm)].map(([, name = '']) => name);
  const all = [...Object.keys(blankEnv), 'QUICK_REPLIES'].filter(
    (name) => name !== 'LIMITS' && name !== 'REDIS_URL_FILE',
  );
  expect(names.sort()).toEqual(all.sort());
});

test('the balancer routes all polls of a link to one instance', () => {
  const balancer = readFileSync('docs/haproxy.cfg', 'utf8');
  expect(balancer).toMatch(/balance hdr\(Authorization\)\n +hash-type consistent\n/);
});

test('the balancer waits longer than the slowest response and checks readiness within DRAIN_SECONDS', () => {
  const balancer = readFileSync('docs/haproxy.cfg', 'utf8');
  expect(balancer).toContain('GET uri /readyz');
  expect(Number(/timeout server (\d+)s/.exec(balancer)?.[1])).toBeGreaterThan(9);
  const [, everySeconds, looks] = /inter (\d+)s fall (\d+)/.exec(balancer) ?? [];
  expect(Number(everySeconds) * Number(looks)).toBeLessThan(10);
});
