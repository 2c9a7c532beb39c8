import { expect, test } from 'vitest';
import { Problem } from '@/lib/order/problem';
import { createConnectTokens, createStaticTokens } from '@/lib/server/connect/tokens';
import { createFrozenClock, dayMs, minuteMs, secondMs } from '@/tests/simulator/clock';
import { parseMintedToken } from '@/lib/server/connect/mint-token';

function startTokens(expiresInMs = dayMs) {
  const clock = createFrozenClock();
  const minted: string[] = [];
  const account = { fails: false };
  const tokens = createConnectTokens({
    async mint(userId) {
      minted.push(userId);
      await Promise.resolve();
      if (account.fails) throw new Problem('upstream_unavailable');
      return { accessToken: `${userId} ${minted.length}`, expiresInMs };
    },
    sharedTokens: undefined,
    now: () => clock.nowMs(),
    random: () => 0.5,
  });
  return { clock, minted, account, tokens };
}

test('concurrent requests of one customer share a token, and another has its own', async () => {
  const { tokens, minted } = startTokens();
  const all = await Promise.all(Array.from({ length: 200 }, () => tokens.get('ann')));
  expect(new Set(all)).toEqual(new Set(['ann 1']));
  expect(await tokens.get('bob')).toBe('bob 2');
  expect(minted).toEqual(['ann', 'bob']);
});

test('a token is renewed five to ten minutes before it expires', async () => {
  const { clock, tokens } = startTokens();
  await tokens.get('ann');
  clock.advance(dayMs - 7.5 * minuteMs - 1);
  expect(await tokens.get('ann')).toBe('ann 1');
  clock.advance(1);
  expect(await tokens.get('ann')).toBe('ann 2');
});

test('a token with a lifetime of one minute is used for 30 seconds', async () => {
  const { clock, tokens } = startTokens(minuteMs);
  await tokens.get('ann');
  clock.advance(30 * secondMs - 1);
  expect(await tokens.get('ann')).toBe('ann 1');
  clock.advance(1);
  expect(await tokens.get('ann')).toBe('ann 2');
});

test('a token that worked and is then refused is replaced by a new one', async () => {
  const { tokens } = startTokens();
  const first = await tokens.get('ann');
  tokens.accepted('ann', first);
  expect(tokens.refused('ann', first)).toBe(true);
  expect(await tokens.get('ann')).toBe('ann 2');
});

test('a late refusal of an old token does not drop the new one', async () => {
  const { tokens, minted } = startTokens();
  const first = await tokens.get('ann');
  tokens.accepted('ann', first);
  tokens.refused('ann', first);
  const second = await tokens.get('ann');
  for (let reader = 0; reader < 200; reader++) expect(tokens.refused('ann', first)).toBe(true);
  expect(await tokens.get('ann')).toBe(second);
  expect(minted).toHaveLength(2);
});

test('requests whose old token is refused during a mint wait for the new token', async () => {
  const { tokens, minted } = startTokens();
  const first = await tokens.get('ann');
  tokens.accepted('ann', first);
  const renewed = Array.from({ length: 200 }, () => {
    expect(tokens.refused('ann', first)).toBe(true);
    return tokens.get('ann');
  });
  expect(new Set(await Promise.all(renewed))).toEqual(new Set(['ann 2']));
  expect(minted).toHaveLength(2);
});

test('a token that never worked is replaced once per minute', async () => {
  const { clock, tokens } = startTokens();
  expect(tokens.refused('ann', await tokens.get('ann'))).toBe(true);
  const second = await tokens.get('ann');
  expect(tokens.refused('ann', second)).toBe(false);
  clock.advance(minuteMs - 1);
  expect(tokens.refused('ann', second)).toBe(false);
  clock.advance(2);
  expect(tokens.refused('ann', second)).toBe(true);
});

test('a failed mint is cached for five seconds, for this customer only', async () => {
  const { clock, account, minted, tokens } = startTokens();
  account.fails = true;
  const waiting = Array.from({ length: 50 }, () => tokens.get('ann'));
  for (const outcome of await Promise.allSettled(waiting)) expect(outcome.status).toBe('rejected');
  account.fails = false;
  clock.advance(5 * secondMs - 1);
  await expect(tokens.get('ann')).rejects.toMatchObject({ code: 'upstream_unavailable' });
  expect(await tokens.get('bob')).toBe('bob 2');
  clock.advance(2);
  expect(await tokens.get('ann')).toBe('ann 3');
  expect(minted).toEqual(['ann', 'bob', 'ann']);
});

test('a static token is used for every customer and is not replaced', async () => {
  const tokens = createStaticTokens('ready');
  expect(await tokens.get('ann')).toBe('ready');
  expect(tokens.refused('ann', 'ready')).toBe(false);
  expect(await tokens.get('bob')).toBe('ready');
});

test('a minted token is parsed and has a default lifetime of five minutes', () => {
  const answer = { access_token: 'abc', token_type: 'Bearer', expires_in: 86_400, extra: 1 };
  expect(parseMintedToken(answer)).toEqual({ accessToken: 'abc', expiresInMs: dayMs });
  expect(parseMintedToken({ access_token: 'abc' })).toEqual({
    accessToken: 'abc',
    expiresInMs: 5 * minuteMs,
  });
});

test.each([
  undefined,
  [],
  {},
  { access_token: '' },
  { access_token: 5 },
  { access_token: 'a\r\nx-evil: 1' },
  { access_token: 'ü' },
  { access_token: 'abc', expires_in: -1 },
  { access_token: 'abc', expires_in: 'soon' },
])('%j is refused as a token', (answer) => {
  expect(() => parseMintedToken(answer)).toThrow(
    expect.objectContaining({ code: 'upstream_invalid' }),
  );
});
