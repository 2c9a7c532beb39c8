import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DecisionAnswer } from '@/lib/client/items/decision-answer';
import { toDecisionText } from '@/lib/client/items/decision-text';
import { createDecisions, UNDO_MS, RESULT_MS } from '@/lib/client/items/decisions';
import { line, toItems } from '@/tests/support/sample-items';
import { decisionCopy } from '@/lib/order/copy/en-US/items';

// The phase and the text after each answer.

const milk = line('1');
let posts = 0;

beforeEach(() => {
  vi.useFakeTimers();
  posts = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

async function send(answer: DecisionAnswer, choice: 'approve' | 'refund' = 'approve') {
  const decisions = createDecisions({
    async post() {
      posts += 1;
      return answer;
    },
    isOnline: () => true,
    onAnswer: () => undefined,
  });
  decisions.choose(milk, choice);
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  const read = () => decisions.getAll().get('1');
  return {
    ...decisions,
    phase: () => read()?.phase,
    text: () => toDecisionText(read(), decisionCopy),
    read,
  };
}

test.each([
  ['approve', 'Kept. Your shopper knows.'],
  ['refund', 'Refunded. Your shopper knows.'],
] as const)('a sent choice to %s is decided: "%s"', async (choice, text) => {
  const decisions = await send({ kind: 'decided' }, choice);
  expect([decisions.phase(), decisions.text()]).toEqual(['decided', text]);
});

test.each<[DecisionAnswer, string]>([
  [{ kind: 'already', line: line('1', 'replaced') }, 'Already decided: it is kept.'],
  [{ kind: 'already', line: line('1', 'refunded') }, 'Already decided: it is refunded.'],
  [{ kind: 'already' }, 'This has been decided already.'],
  [
    { kind: 'too_late', line: line('1', 'replaced') },
    'Too late: the shopper has paid, and it is kept.',
  ],
  [
    { kind: 'too_late', line: line('1', 'refunded') },
    'Too late: the shopper has paid, and it is refunded.',
  ],
  [{ kind: 'too_late' }, 'Too late: the shopper has paid.'],
  [{ kind: 'gone' }, 'This item is no longer part of the order.'],
  [{ kind: 'link_over' }, 'This link does not work any more, so your answer was not sent.'],
])('after the answer %j, the decision is refused: "%s"', async (answer, text) => {
  const decisions = await send(answer);
  expect([decisions.phase(), decisions.text()]).toEqual(['refused', text]);
  vi.advanceTimersByTime(60_000);
  expect(decisions.phase()).toBe('refused');
  decisions.choose(milk, 'refund');
  expect(decisions.phase()).toBe('refused');
});

test.each([
  { kind: 'already' },
  { kind: 'too_late' },
  { kind: 'gone' },
  { kind: 'link_over' },
] as const)(
  'after the result of %j was closed, the line is not asked again while the order is old',
  async (answer) => {
    const decisions = await send(answer);
    decisions.close('1');
    decisions.reconcile(toItems(milk));
    expect([decisions.phase(), decisions.text()]).toEqual(['closed', '']);
    decisions.reconcile(toItems(line('1', 'refunded')));
    expect(decisions.read()).toBeUndefined();
  },
);

test.each([
  ['slow_down', 'Too many answers at once. Please choose again in a moment.'],
  ['not_sent', 'Your answer was not sent. Please choose again.'],
  [
    'unconfirmed',
    'We do not know whether your answer arrived. Choose again in a minute, or write to your shopper.',
  ],
] as const)(
  'after the answer %s, the decision failed and can be chosen again: "%s"',
  async (kind, text) => {
    const decisions = await send({ kind });
    expect([decisions.phase(), decisions.text()]).toEqual(['failed', text]);
    await vi.advanceTimersByTimeAsync(60_000);
    decisions.sendAll();
    decisions.close('1');
    decisions.undo('1');
    expect([decisions.phase(), posts]).toEqual(['failed', 1]);
    decisions.choose(milk, 'refund');
    expect(decisions.phase()).toBe('chosen');
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(posts).toBe(2);
  },
);

test('a failed decision that is answered elsewhere ends with the outcome', async () => {
  const decisions = await send({ kind: 'unconfirmed' });
  decisions.reconcile(toItems(line('1', 'replaced')));
  expect([decisions.phase(), decisions.text()]).toEqual([
    'refused',
    'Already decided: it is kept.',
  ]);
});

test('a failed decision about a replacement that has changed shows the new one', async () => {
  const decisions = await send({ kind: 'not_sent' });
  const offer = line('1', 'decide', { replacement: { name: 'Soy', quantity: '1', unit: '' } });
  decisions.reconcile(toItems(offer));
  expect(decisions.read()).toMatchObject({ phase: 'failed', reason: 'changed', line: offer });
});

test('a later, different replacement of a decided line is asked again, and sent again', async () => {
  const decisions = await send({ kind: 'decided' });
  const offer = line('1', 'decide', { replacement: { name: 'Soy', quantity: '1', unit: '' } });
  decisions.reconcile(toItems(offer));
  expect(decisions.phase()).toBe('decided');
  await vi.advanceTimersByTimeAsync(RESULT_MS);
  decisions.reconcile(toItems(offer));
  expect(decisions.read()).toBeUndefined();
  decisions.choose(offer, 'refund');
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(posts).toBe(2);
});
