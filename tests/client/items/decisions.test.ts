import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DecisionAnswer } from '@/lib/client/items/decision-answer';
import { toDecisionText } from '@/lib/client/items/decision-text';
import { createDecisions, RESULT_MS, UNDO_MS } from '@/lib/client/items/decisions';
import { line, toItems } from '@/tests/support/sample-items';
import { decisionCopy } from '@/lib/order/copy/en-US/items';

const milk = line('1');
const bread = line('2');

let isOnline = true;
let posts: string[] = [];
let waiting: ((answer: DecisionAnswer) => void)[] = [];
const onAnswer = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  isOnline = true;
  posts = [];
  waiting = [];
  onAnswer.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
});

function open() {
  const decisions = createDecisions({
    post(itemId, choice) {
      posts.push(`${itemId} ${choice}`);
      return new Promise((resolve) => waiting.push(resolve));
    },
    isOnline: () => isOnline,
    onAnswer,
  });
  return {
    ...decisions,
    phase: (id = '1') => decisions.getAll().get(id)?.phase,
    text: (id = '1') => toDecisionText(decisions.getAll().get(id), decisionCopy),
  };
}

async function answer(result: DecisionAnswer) {
  waiting.shift()?.(result);
  await vi.advanceTimersByTimeAsync(0);
}

test('a choice that is undone within its time is never sent', () => {
  const decisions = open();
  decisions.choose(milk, 'approve');
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(decisions.phase()).toBe('chosen');
  decisions.undo('1');
  vi.advanceTimersByTime(60_000);
  decisions.sendAll();
  expect(posts).toEqual([]);
  expect(decisions.getAll().size).toBe(0);
});

test('a choice is sent once after its time to undo', async () => {
  const decisions = open();
  decisions.choose(milk, 'refund');
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(posts).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(posts).toEqual(['1 refund']);
  expect(decisions.phase()).toBe('sending');
  decisions.sendAll();
  decisions.sendNow('1');
  await answer({ kind: 'decided' });
  vi.advanceTimersByTime(60_000);
  expect(posts).toHaveLength(1);
  expect(onAnswer).toHaveBeenCalledTimes(1);
});

test('a choice that is sent before its time is not sent again after it', () => {
  const decisions = open();
  decisions.choose(milk, 'approve');
  decisions.sendNow('1');
  vi.advanceTimersByTime(60_000);
  expect(posts).toEqual(['1 approve']);
});

test('the time to undo starts again with another choice after an undo', () => {
  const decisions = open();
  decisions.choose(milk, 'approve');
  vi.advanceTimersByTime(4_000);
  decisions.undo('1');
  decisions.choose(milk, 'refund');
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(posts).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(posts).toEqual(['1 refund']);
});

test('decisions about two lines are timed apart from each other', () => {
  const decisions = open();
  decisions.choose(milk, 'approve');
  vi.advanceTimersByTime(2_000);
  decisions.choose(bread, 'refund');
  vi.advanceTimersByTime(3_000);
  expect(posts).toEqual(['1 approve']);
  decisions.undo('2');
  vi.advanceTimersByTime(60_000);
  expect(posts).toEqual(['1 approve']);
});

test('after a decision was sent, an undo and another choice are ignored', async () => {
  const decisions = open();
  decisions.choose(milk, 'approve');
  decisions.sendAll();
  decisions.undo('1');
  decisions.choose(milk, 'refund');
  expect(decisions.phase()).toBe('sending');
  await answer({ kind: 'decided' });
  expect(decisions.text()).toBe('Kept. Your shopper knows.');
  vi.advanceTimersByTime(60_000);
  expect(posts).toEqual(['1 approve']);
});

test('offline, a choice is queued after its time and sent once when the network is back', () => {
  isOnline = false;
  const decisions = open();
  decisions.choose(milk, 'approve');
  vi.advanceTimersByTime(60_000);
  expect(decisions.phase()).toBe('queued');
  expect(decisions.text()).toMatch(/^You are offline/);
  isOnline = true;
  decisions.sendQueued();
  decisions.sendQueued();
  expect(posts).toEqual(['1 approve']);
});

test('a queued decision that is undone is not sent when the network is back', () => {
  isOnline = false;
  const decisions = open();
  decisions.choose(milk, 'approve');
  vi.advanceTimersByTime(UNDO_MS);
  decisions.undo('1');
  isOnline = true;
  decisions.sendQueued();
  vi.advanceTimersByTime(60_000);
  expect(posts).toEqual([]);
});

test('a network that comes back does not shorten the time to undo', () => {
  isOnline = false;
  const decisions = open();
  decisions.choose(milk, 'approve');
  vi.advanceTimersByTime(1_000);
  isOnline = true;
  decisions.sendQueued();
  expect(posts).toEqual([]);
  vi.advanceTimersByTime(UNDO_MS - 1_000);
  expect(posts).toEqual(['1 approve']);
});

test.each([
  ['chosen', true],
  ['queued', false],
] as const)(
  'a %s decision that is answered elsewhere is dropped with the outcome and never sent',
  (phase, online) => {
    isOnline = online;
    const decisions = open();
    decisions.choose(milk, 'approve');
    vi.advanceTimersByTime(online ? UNDO_MS - 1 : UNDO_MS);
    expect(decisions.phase()).toBe(phase);
    decisions.reconcile(toItems(line('1', 'refunded')));
    expect(decisions.text()).toBe('Already decided: it is refunded.');
    isOnline = true;
    decisions.sendQueued();
    decisions.sendAll();
    vi.advanceTimersByTime(60_000);
    expect(posts).toEqual([]);
  },
);

test.each([
  [[line('1', 'replaced')], 'Already decided: it is kept.'],
  [[line('1', 'found')], 'Already decided: it is kept.'],
  [[line('1', 'to_shop')], 'No answer is needed now: your shopper is looking for this item again.'],
  [[line('1', 'other')], 'This has been decided already.'],
  [[], 'This item is no longer part of the order.'],
])('a choice about %j as the line now is ends with "%s"', (lines, text) => {
  const decisions = open();
  decisions.choose(milk, 'approve');
  decisions.reconcile(toItems(...lines));
  expect(decisions.text()).toBe(text);
  expect(decisions.phase()).toBe('refused');
});

test('a poll that still has the question changes neither a choice nor a failure', async () => {
  const decisions = open();
  const listener = vi.fn();
  decisions.choose(milk, 'approve');
  decisions.subscribe(listener);
  decisions.reconcile(toItems(line('1', 'decide', { imageUrl: 'https://i.example/?signed=2' })));
  expect([decisions.phase(), listener.mock.calls.length]).toEqual(['chosen', 0]);
  decisions.sendNow('1');
  await answer({ kind: 'slow_down' });
  decisions.reconcile(toItems(milk));
  expect(decisions.phase()).toBe('failed');
});

test('a poll during the sending does not change the decision', () => {
  const decisions = open();
  decisions.choose(milk, 'approve');
  decisions.sendNow('1');
  decisions.reconcile(toItems(line('1', 'refunded')));
  expect(decisions.phase()).toBe('sending');
});

test.each([true, false])(
  'a choice about a replacement that has changed is not sent (online: %s), and is asked again with a word',
  (online) => {
    isOnline = online;
    const decisions = open();
    const offer = line('1', 'decide', { replacement: { name: 'Soy', quantity: '2', unit: '' } });
    decisions.choose(milk, 'approve');
    vi.advanceTimersByTime(online ? 1_000 : UNDO_MS);
    decisions.reconcile(toItems(offer));
    expect(decisions.text()).toMatch(/offers something else. Please choose again/);
    expect(decisions.getAll().get('1')?.line).toBe(offer);
    isOnline = true;
    decisions.sendQueued();
    vi.advanceTimersByTime(60_000);
    expect(posts).toEqual([]);
    decisions.choose(offer, 'refund');
    decisions.reconcile(toItems(offer));
    vi.advanceTimersByTime(UNDO_MS);
    expect(posts).toEqual(['1 refund']);
  },
);

test('a decided line stays hidden until the order shows it, and is asked again after a step back', async () => {
  const decisions = open();
  decisions.choose(milk, 'approve');
  decisions.sendAll();
  await answer({ kind: 'decided' });
  vi.advanceTimersByTime(RESULT_MS - 1);
  expect(decisions.phase()).toBe('decided');
  vi.advanceTimersByTime(1);
  decisions.reconcile(toItems(milk));
  expect(decisions.phase()).toBe('closed');
  decisions.reconcile(toItems(line('1', 'replaced')));
  expect(decisions.phase()).toBeUndefined();
});
