import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DecisionAnswer } from '@/lib/client/items/decision-answer';
import { toDecisionText } from '@/lib/client/items/decision-text';
import { createDecisions, type Choice, type Decision } from '@/lib/client/items/decisions';
import type { ItemLine, ItemState } from '@/lib/order/order-view';
import { line, toItems } from '@/tests/support/sample-items';
import { decisionCopy } from '@/lib/order/copy/en-US/items';

// Any sequence of actions, polls and answers: a line is posted at most once for each choice of the customer, and no
// choice ends without a word.

const IDS = ['1', '2', '3'];
const id = fc.constantFrom(...IDS);
const STATES = ['decide', 'decide', 'replaced', 'refunded', 'found', 'gone'] as const;
const ANSWERS: DecisionAnswer[] = [
  ...(['decided', 'already', 'too_late', 'gone', 'link_over'] as const).map((kind) => ({ kind })),
  ...(['slow_down', 'not_sent', 'unconfirmed'] as const).map((kind) => ({ kind })),
  { kind: 'already', line: line('1', 'refunded') },
];
const action = fc.oneof(
  fc.record({
    type: fc.constant('choose' as const),
    id,
    choice: fc.constantFrom<Choice>('approve', 'refund'),
  }),
  fc.record({ type: fc.constantFrom('undo' as const, 'sendNow' as const, 'close' as const), id }),
  fc.record({ type: fc.constantFrom('sendAll' as const) }),
  fc.record({ type: fc.constant('online' as const), isOnline: fc.boolean() }),
  fc.record({ type: fc.constant('wait' as const), ms: fc.constantFrom(1, 1_000, 4_000, 5_000) }),
  fc.record({
    type: fc.constant('poll' as const),
    id,
    state: fc.constantFrom(...STATES),
    offer: fc.constantFrom('Oat', 'Soy'),
  }),
  fc.record({ type: fc.constant('answer' as const), answer: fc.constantFrom(...ANSWERS) }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const toLine = (lineId: string, state: ItemState, offer: string) =>
  line(lineId, state, { replacement: { name: offer, quantity: '1', unit: '' } });

function start() {
  let isOnline = true;
  const lines = new Map<string, ItemLine>(IDS.map((key) => [key, toLine(key, 'decide', 'Oat')]));
  /** The choice of each line that may be posted, with the offer that the customer saw. */
  const open = new Map<string, string>();
  const inFlight = new Set<string>();
  const waiting: ((answer: DecisionAnswer) => void)[] = [];
  const decisions = createDecisions({
    post(itemId, choice) {
      const now = lines.get(itemId);
      expect([isOnline, now?.state, inFlight.has(itemId)]).toEqual([true, 'decide', false]);
      expect(open.get(itemId)).toBe(`${choice} ${now?.replacement?.name}`);
      open.delete(itemId);
      inFlight.add(itemId);
      return new Promise((resolve) =>
        waiting.push((answer) => {
          inFlight.delete(itemId);
          resolve(answer);
        }),
      );
    },
    isOnline: () => isOnline,
    onAnswer: () => undefined,
  });

  async function perform(step: Action): Promise<void> {
    switch (step.type) {
      case 'choose': {
        const decision = decisions.getAll().get(step.id);
        const shown = decision?.line ?? lines.get(step.id);
        const isAsked = decision ? decision.phase === 'failed' : shown?.state === 'decide';
        if (!shown || (!decision && !isAsked)) return;
        // A choice that the card does not offer must be ignored.
        if (isAsked) open.set(step.id, `${step.choice} ${shown.replacement?.name}`);
        return decisions.choose(shown, step.choice);
      }
      case 'undo': {
        const { phase } = decisions.getAll().get(step.id) ?? {};
        if (phase === 'chosen' || phase === 'queued') open.delete(step.id);
        return decisions.undo(step.id);
      }
      case 'sendNow':
        return decisions.sendNow(step.id);
      case 'close':
        return decisions.close(step.id);
      case 'sendAll':
        return decisions.sendAll();
      case 'online':
        isOnline = step.isOnline;
        return isOnline ? decisions.sendQueued() : undefined;
      case 'wait':
        return void (await vi.advanceTimersByTimeAsync(step.ms));
      case 'poll': {
        if (step.state === 'gone') lines.delete(step.id);
        else lines.set(step.id, toLine(step.id, step.state, step.offer));
        return;
      }
      case 'answer':
        waiting.shift()?.(step.answer);
        return void (await vi.advanceTimersByTimeAsync(0));
    }
  }

  return {
    getAll: decisions.getAll,
    isPostable: (key: string) => open.has(key),
    async act(step: Action) {
      await perform(step);
      // The page compares after each change of the order and of a decision.
      decisions.reconcile(toItems(...lines.values()));
      for (const [key, decision] of decisions.getAll()) if (!isPending(decision)) open.delete(key);
    },
  };
}

const isPending = ({ phase }: Decision) => phase === 'chosen' || phase === 'queued';

test('no line is posted without a choice, twice for one choice, after an undo or about another offer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (steps) => {
      const page = start();
      for (const step of steps) await page.act(step);
    }),
    { numRuns: 300 },
  );
});

test('at any time, a choice is still open, undone or has its word, and none stays open for ever', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (steps) => {
      const page = start();
      for (const step of steps) {
        const before = page.getAll();
        await page.act(step);
        for (const [key, decision] of before) {
          const { phase } = decision;
          const after = page.getAll().get(key);
          const isKept = after
            ? after.phase === 'closed' || toDecisionText(after, decisionCopy) !== ''
            : false;
          const isUndone = step.type === 'undo' && step.id === key && isPending(decision);
          const wasShown = phase === 'closed' || phase === 'decided' || phase === 'refused';
          expect(isKept || isUndone || wasShown).toBe(true);
        }
      }
      await page.act({ type: 'online', isOnline: true });
      await page.act({ type: 'wait', ms: 5_000 });
      for (let index = 0; index < IDS.length; index++)
        await page.act({ type: 'answer', answer: { kind: 'decided' } });
      for (const [key, { phase }] of page.getAll()) {
        expect(page.isPostable(key)).toBe(false);
        expect(['decided', 'refused', 'failed', 'closed']).toContain(phase);
      }
    }),
    { numRuns: 300 },
  );
});
