import { expect, test } from 'vitest';
import { Problem } from '@/lib/order/problem';
import { createAuthenticate } from '@/lib/server/api/authenticate';

const secondMs = 1_000;
const nowMs = Date.parse('2026-11-20T18:00:00Z');

function start() {
  const clock = { nowMs };
  const opened: string[] = [];
  const revoked = new Set<string>();
  const requireLink = createAuthenticate({
    links: {
      async open(token) {
        opened.push(token);
        const opensUntilMs = nowMs + 60 * secondMs;
        if (clock.nowMs >= opensUntilMs) throw new Problem('link_expired');
        return { orderId: token, userId: 'u', access: 'full', opensUntilMs };
      },
      isRevoked: (orderId) => revoked.has(orderId),
    },
    limits: { admitWrongToken: async () => undefined },
    now: () => clock.nowMs,
    logRef: (text) => text.slice(0, 2),
  });
  const ask = (token: string) =>
    requireLink(
      new Request('http://localhost/', { headers: { authorization: `Bearer ${token}` } }),
      undefined,
      {},
    ).then(
      ({ orderId }) => orderId,
      (problem: Problem) => problem.code,
    );
  return { clock, opened, revoked, ask };
}

test('a token is opened once and refused after it expires', async () => {
  const { clock, opened, ask } = start();
  for (let count = 0; count < 10; count++) expect(await ask('token-a')).toBe('token-a');
  expect(await ask('token-b')).toBe('token-b');
  expect(opened).toEqual(['token-a', 'token-b']);
  clock.nowMs += 60 * secondMs - 1;
  expect(await ask('token-a')).toBe('token-a');
  clock.nowMs += 1;
  expect(await ask('token-a')).toBe('link_expired');
});

test('a revoked order is refused even if its token is cached', async () => {
  const { revoked, ask } = start();
  expect(await ask('token-a')).toBe('token-a');
  revoked.add('token-a');
  expect(await ask('token-a')).toBe('link_invalid');
  expect(await ask('token-b')).toBe('token-b');
  revoked.clear();
  expect(await ask('token-a')).toBe('token-a');
});

test('a token that did not open is not cached', async () => {
  const { clock, opened, ask } = start();
  clock.nowMs += 60 * secondMs;
  expect(await ask('token-a')).toBe('link_expired');
  expect(await ask('token-a')).toBe('link_expired');
  expect(opened).toHaveLength(2);
});
