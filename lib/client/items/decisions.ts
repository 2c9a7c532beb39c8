import type { ItemLine, Items } from '@/lib/order/order-view';
import type { DecisionAnswer } from './decision-answer';

// The customer's decisions about replacements, from the tap to the result. Connect cannot take a decision back, so each
// waits some seconds before it is sent, and is sent once.

export const UNDO_MS = 5_000;
/** How long a result is shown before the next question. */
export const RESULT_MS = 4_000;

export type Choice = 'approve' | 'refund';
type Answered = Exclude<DecisionAnswer['kind'], 'decided'>;
/**
 * `chosen` can be undone; `queued` waits for the network and can be undone; `refused` has another result than chosen;
 * after `failed` the customer must choose again; the result of `closed` has been shown.
 */
export type Decision = { line: ItemLine; choice: Choice } & (
  | { phase: 'chosen' | 'queued' | 'sending' | 'decided' | 'closed' }
  | { phase: 'refused' | 'failed'; reason: Answered }
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

  function set(id: string, decision: Decision | undefined): void {
    const next = new Map(decisions);
    if (decision) next.set(id, decision);
    else next.delete(id);
    decisions = next;
    clearTimeout(timers.get(id));
    if (decision?.phase === 'chosen') timers.set(id, setTimeout(send, UNDO_MS, id));
    if (decision?.phase === 'decided') timers.set(id, setTimeout(close, RESULT_MS, id));
    for (const listener of listeners) listener();
  }

  function send(id: string): void {
    const decision = decisions.get(id);
    if (!decision || !canUndo(decision)) return;
    const { line, choice } = decision;
    if (!isOnline()) return set(id, { line, choice, phase: 'queued' });
    set(id, { line, choice, phase: 'sending' });
    void post(id, choice).then((answer) => {
      set(id, toResult(decision, answer));
      onAnswer();
    });
  }

  /** A decision that was sent stays hidden until the order shows it. */
  function close(id: string): void {
    const decision = decisions.get(id);
    if (decision)
      set(id, decision.phase === 'decided' ? { ...decision, phase: 'closed' } : undefined);
  }

  return {
    getAll: () => decisions,

    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    choose: (line: ItemLine, choice: Choice) => set(line.id, { line, choice, phase: 'chosen' }),
    undo: (id: string) => set(id, undefined),
    /** Sends a decision before its time to undo is over. */
    sendNow: send,
    close,

    /** Sends what is chosen or queued: the network is back, or the customer leaves the page. */
    sendAll: () => [...decisions.keys()].forEach(send),

    /** Compares with the lines as they now are: an answer by text message or in another tab ends a decision. */
    reconcile({ lines }: Items): void {
      const known = new Map(lines.map((line) => [line.id, line]));
      for (const [id, decision] of decisions) {
        const line = known.get(id);
        if (line?.state === 'decide' || decision.phase === 'sending') continue;
        if (decision.phase === 'closed') set(id, undefined);
        if (canUndo(decision) || decision.phase === 'failed')
          set(id, toResult(decision, line ? { kind: 'already', line } : { kind: 'gone' }));
      }
    },
  };
}

export function canUndo({ phase }: Decision): boolean {
  return phase === 'chosen' || phase === 'queued';
}

const FINAL: ReadonlySet<string> = new Set(['already', 'too_late', 'gone', 'link_over']);

function toResult({ choice, line: asked }: Decision, answer: DecisionAnswer): Decision {
  if (answer.kind === 'decided') return { line: asked, choice, phase: 'decided' };
  const line = ('line' in answer && answer.line) || asked;
  const phase = FINAL.has(answer.kind) ? 'refused' : 'failed';
  return { line, choice, phase, reason: answer.kind };
}
