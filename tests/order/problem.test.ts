import { expect, test } from 'vitest';
import { isFinal, isProblemCode, Problem, PROBLEM_STATUS } from '@/lib/order/problem';

test.each([
  ['link_expired', true],
  ['slow_down', true],
  ['unknown_code', false],
  ['constructor', false],
  ['', false],
  [['link_expired'], false],
  [410, false],
  [undefined, false],
  [null, false],
])('%j is a problem code: %s', (value, expected) => {
  expect(isProblemCode(value)).toBe(expected);
});

test('a problem without details has only a code', () => {
  const problem = new Problem('order_not_found');
  expect(problem).toBeInstanceOf(Error);
  expect(problem).toMatchObject({
    name: 'Problem',
    code: 'order_not_found',
    message: 'order_not_found',
    accessRefused: false,
  });
  expect(problem.cause).toBeUndefined();
  expect(problem.retryAfterMs).toBeUndefined();
  expect(problem.responseMessage).toBeUndefined();
});

test('a problem keeps its cause, wait, message and refusal', () => {
  const cause = new Error('socket closed');
  const problem = new Problem('upstream_unavailable', {
    ...{ cause, retryAfterMs: 1_500, message: 'Connect is down.', accessRefused: true },
  });
  expect(problem.cause).toBe(cause);
  expect(problem).toMatchObject({
    retryAfterMs: 1_500,
    responseMessage: 'Connect is down.',
    accessRefused: true,
  });
});

test('a problem is final for its link if its status is below 429', () => {
  const final = Object.keys(PROBLEM_STATUS).filter((code) => isProblemCode(code) && isFinal(code));
  expect(final).toEqual([
    ...['invalid_request', 'link_invalid', 'api_key_invalid', 'read_only_link', 'chat_closed'],
    ...[
      'cross_site',
      'order_not_found',
      'item_not_found',
      'conflict',
      'already_decided',
      'too_late',
      'not_ready',
      'order_revoked',
      'link_expired',
      'too_large',
    ],
    'unsupported_media_type',
  ]);
});
