import type { ItemsCopy } from '@/lib/order/copy/en-US/items';
import type { ItemLine } from '@/lib/order/order-view';
import type { Decision } from './decisions';
import type { Question } from './use-decisions';

type DecisionCopy = ItemsCopy['decisionCopy'];

/** Says how far a decision is; empty while the customer has not chosen. */
export function toDecisionText(decision: Decision | undefined, copy: DecisionCopy): string {
  switch (decision?.phase) {
    case undefined:
    case 'closed':
      return '';
    case 'chosen':
      return copy.chosen[decision.choice];
    case 'queued':
      return copy.queued;
    case 'sending':
      return copy.sending;
    case 'decided':
      return decision.choice === 'approve' ? copy.kept : copy.refunded;
    case 'refused':
    case 'failed':
      return toReasonText(decision, copy);
  }
}

function toReasonText(
  { reason, line }: Extract<Decision, { reason: unknown }>,
  copy: DecisionCopy,
): string {
  switch (reason) {
    case 'already':
      return copy.already[toOutcome(line)];
    case 'too_late':
      return copy.tooLate[toOutcome(line)];
    case 'other_offer':
      return copy.otherOffer;
    case 'gone':
      return copy.gone;
    case 'link_over':
      return copy.linkOver;
    case 'slow_down':
      return copy.slowDown;
    case 'not_sent':
      return copy.failed;
    case 'changed':
      return copy.offerChanged;
    case 'unconfirmed':
      return copy.unconfirmed;
  }
}

/** Without a decision by the till a replacement is bought, so a line that was found is kept as well. */
function toOutcome({ state }: ItemLine): 'kept' | 'refunded' | 'toShop' | 'open' {
  if (state === 'replaced' || state === 'found') return 'kept';
  if (state === 'to_shop') return 'toShop';
  return state === 'refunded' ? 'refunded' : 'open';
}

/**
 * The text that a screen reader speaks after a change of the question; empty where its first appearance is announced
 * elsewhere.
 */
export function toQuestionAnnouncement(
  before: Question | undefined,
  after: Question | undefined,
  copy: DecisionCopy,
): string {
  if (!before || !after) return '';
  const { line, decision } = after;
  if (before.line.id !== line.id)
    return decision
      ? ''
      : copy.announce.asked(line.name, line.replacement?.name ?? copy.notOffered);
  if (before.decision?.phase === decision?.phase) return '';
  const text = toDecisionText(decision, copy);
  return decision?.phase === 'chosen' ? copy.announce.undoable(text) : text;
}
