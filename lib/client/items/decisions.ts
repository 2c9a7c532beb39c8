import { isSameOffer } from '@/lib/order/item-changes';
import type { ItemLine, Items } from '@/lib/order/order-view';
import type { DecisionAnswer } from './decision-answer';

// The customer's decisions about replacements, from the tap to the result. Connect cannot take a decision back, so each
// waits some seconds before it is sent, and is sent once.

export const UNDO_MS = 5_000;
/** How long a result is shown before the next question. */
export const RESULT_MS = 4_000;
/** How long an order may still have the question after its result. Then it is asked again. */
export const CLOSED_MS = 60_000;

export type Choice = 'approve' | 'refund';
/**
 * `changed`: the shopper offers another replacement than the one that was chosen. `other_offer`: the decision was made
 * about another one.
 */
type Reason = Exclude<DecisionAnswer['kind'], 'decided'> | 'changed' | 'other_offer';
/**
 * `chosen` can be undone; `queued` waits for the network and can be undone; `refused` has another result than chosen;
 * after `failed` the customer must choose again; the result of `closed` has been shown. `asked` is the line as it was
 * when the customer chose, `line` as it now is.
 */
export type Decision = { line: ItemLine; asked: ItemLine; choice: Choice } & (
  | { phase: 'chosen' | 'queued' | 'sending' | 'decided' | 'closed' }
  | { phase: 'refused' | 'failed'; reason: Reason }
);

type Runtime = {
  post: (itemId: string, choice: Choice) => Promise<DecisionAnswer>;
  isOnline: () => boolean;
  /** Called after an answer, because the order may have changed. */
  onAnswer: () => void;
};

export type Decisions = ReturnType<typeof createDecisions>;

/** Holds the decisions of one page, by the id of their line. */
export function createDecisions({ post, isOnline, onAnswer }: Runtime) {
  let decisions: ReadonlyMap<string, Decision> = new Map();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();
  /** Sent by a customer who goes on to the next question, so that a result as chosen is not shown. */
  const passed = new Set<string>();

  function set(id: string, decision: Decision | undefined): void {
    const next = new Map(decisions);
    if (decision) next.set(id, decision);
    else next.delete(id);
    decisions = next;
    clearTimeout(timers.get(id));
    if (decision?.phase === 'chosen') timers.set(id, setTimeout(send, UNDO_MS, id));
    if (decision?.phase === 'decided') timers.set(id, setTimeout(close, RESULT_MS, id));
    if (decision?.phase === 'closed') timers.set(id, setTimeout(set, CLOSED_MS, id, undefined));
    for (const listener of listeners) listener();
  }

  function send(id: string): void {
    const decision = decisions.get(id);
    if (!decision || !canUndo(decision)) return;
    if (!isOnline()) return set(id, { ...decision, phase: 'queued' });
    set(id, { ...decision, phase: 'sending' });
    void post(id, decision.choice).then((answer) => {
      const result = toResult(decision, answer);
      set(id, result);
      if (passed.delete(id) && result.phase === 'decided') close(id);
      onAnswer();
    });
  }

  /** A decision whose result was shown stays hidden until the order shows it. */
  function close(id: string): void {
    const decision = decisions.get(id);
    if (decision?.phase !== 'decided' && decision?.phase !== 'refused') return;
    const { line, asked, choice } = decision;
    set(id, { line, asked, choice, phase: 'closed' });
  }

  return {
    getAll: () => decisions,

    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    /** Ignored while an earlier decision about the line is under way, which a second one would hide. */
    choose(line: ItemLine, choice: Choice): void {
      const before = decisions.get(line.id);
      if (before && before.phase !== 'failed') return;
      passed.delete(line.id);
      set(line.id, { line, asked: line, choice, phase: 'chosen' });
    },

    /** Ignored once the decision is being sent. */
    undo(id: string): void {
      const decision = decisions.get(id);
      if (decision && canUndo(decision)) set(id, undefined);
    },

    /** Sends a decision before its time to undo is over, because the customer wants the next question. */
    sendNow(id: string): void {
      passed.add(id);
      send(id);
    },
    close,

    /** Sends the chosen and the queued decisions, because the customer leaves the page. */
    sendAll: () => [...decisions.keys()].forEach(send),

    /** Sends the queued decisions, because the network is back. The chosen ones can still be undone. */
    sendQueued(): void {
      for (const [id, { phase }] of decisions) if (phase === 'queued') send(id);
    },

    /** Compares with the lines as they now are: an answer by text message or in another tab ends a decision. */
    reconcile({ lines }: Items): void {
      const known = new Map(lines.map((line) => [line.id, line]));
      for (const [id, decision] of decisions) {
        const line = known.get(id);
        const isOpen = line?.state === 'decide';
        if (isOpen && isSameOffer(line, decision.asked)) continue;
        if (decision.phase === 'closed') set(id, undefined);
        if (!canUndo(decision) && decision.phase !== 'failed') continue;
        if (isOpen) set(id, toChanged(decision, line));
        else set(id, toResult(decision, line ? { kind: 'already', line } : { kind: 'gone' }));
      }
    },
  };
}

export function canUndo({ phase }: Decision): boolean {
  return phase === 'chosen' || phase === 'queued';
}

const FINAL: ReadonlySet<string> = new Set(['already', 'too_late', 'gone', 'link_over']);

function toResult({ choice, asked }: Decision, answer: DecisionAnswer): Decision {
  const line = ('line' in answer && answer.line) || asked;
  if (answer.kind === 'decided')
    return line.replacement && !isSameOffer(line, asked)
      ? { line, asked, choice, phase: 'refused', reason: 'other_offer' }
      : { line: asked, asked, choice, phase: 'decided' };
  const phase = FINAL.has(answer.kind) ? 'refused' : 'failed';
  return { line, asked, choice, phase, reason: answer.kind };
}

/** A choice is about one replacement, so it is not sent for another one. */
function toChanged({ choice }: Decision, line: ItemLine): Decision {
  return { line, asked: line, choice, phase: 'failed', reason: 'changed' };
}
