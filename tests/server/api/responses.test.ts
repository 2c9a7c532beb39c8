import { expect, test } from 'vitest';
import { Problem, PROBLEM_STATUS, isFinal, isProblemCode } from '@/lib/order/problem';
import { createHealth } from '@/lib/server/api/health';
import { matchesEtag, respond, respondEmpty, respondProblem } from '@/lib/server/api/responses';
import { apiHeaders } from '@/tests/support/api-headers';

const codes = Object.keys(PROBLEM_STATUS).filter(isProblemCode);

test.each([
  ['W/"abc"', true],
  ['"abc"', true],
  ['*', true],
  ['W/"x", W/"abc"', true],
  ['"x" ,"abc","y"', true],
  [' W/"abc" ', true],
  [null, false],
  ['', false],
  ['"ab"', false],
  ['abc', false],
  ['w/"abc"', false],
  ['W/"abc', false],
  ['"x", "y"', false],
])('If-None-Match %j matches: %j', (header, matches) => {
  expect(matchesEtag(header, 'W/"abc"')).toBe(matches);
  expect(matchesEtag(header, '"abc"')).toBe(matches);
});

test('a response is JSON that must not be cached', async () => {
  const response = respond(201, { a: 'ü' }, { etag: '"1"' });
  expect(response.status).toBe(201);
  expect(Object.fromEntries(response.headers)).toEqual({
    ...apiHeaders,
    'content-type': 'application/json; charset=utf-8',
    etag: '"1"',
  });
  expect(await response.json()).toEqual({ a: 'ü' });
});

test('a 304 response has no body', async () => {
  const response = respondEmpty(304, { etag: '"1"' });
  expect([response.status, await response.text()]).toEqual([304, '']);
  expect(Object.fromEntries(response.headers)).toEqual({
    ...apiHeaders,
    etag: '"1"',
  });
});

test.each(codes)(
  '%s is returned as its status and one sentence, without its cause',
  async (code) => {
    const response = respondProblem(new Problem(code, { cause: new Error('canary') }));
    expect(response.status).toBe(PROBLEM_STATUS[code]);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      error: { code, message: expect.stringMatching(/^[A-Z].+\.$/) },
    });
    expect(text).not.toContain('canary');
  },
);

test('the retry delay is returned in whole seconds and in milliseconds', async () => {
  const response = respondProblem(new Problem('slow_down', { retryAfterMs: 1_200 }));
  expect(response.headers.get('retry-after')).toBe('2');
  expect(await response.json()).toMatchObject({ pollAfterMs: 1_200 });
});

test('only rate limits, faults of Connect and unconfirmed sends are not final', () => {
  expect(codes.filter((code) => !isFinal(code))).toEqual([
    'slow_down',
    'upstream_invalid',
    'upstream_unavailable',
    'upstream_timeout',
    'send_unconfirmed',
  ]);
  for (const name of ['toString', '__proto__', 'nothing', 5, null])
    expect(isProblemCode(name)).toBe(false);
});

test('the server is healthy while it runs, and ready until it drains', async () => {
  const { getHealth, getReadiness, drain, isDraining } = createHealth();
  expect(await getHealth().json()).toEqual({ status: 'ok' });
  expect(getReadiness().status).toBe(200);
  expect(await getReadiness().json()).toEqual({ status: 'ready' });
  drain();
  expect(isDraining()).toBe(true);
  expect(getHealth().status).toBe(200);
  expect(getReadiness().status).toBe(503);
  expect(await getReadiness().json()).toEqual({ status: 'draining' });
});
