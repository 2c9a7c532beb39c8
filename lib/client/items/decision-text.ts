import { decisionCopy } from '@/lib/order/copy/en-US/items';
import type { ItemLine } from '@/lib/order/order-view';
import type { Decision } from './decisions';
import type { Question } from './use-decisions';

/** Says how far a decision is; empty while the customer has not chosen. */
export function toDecisionText(decision: Decision | undefined): string {
  switch (decision?.phase) {
    case undefined:
    case 'closed':
      return '';
    case 'chosen':
      return decisionCopy.chosen[decision.choice];
    case 'queued':
      return decisionCopy.queued;
    case 'sending':
      return decisionCopy.sending;
    case 'decided':
      return decision.choice === 'approve' ? decisionCopy.kept : decisionCopy.refunded;
    case 'refused':
    case 'failed':
      return toReasonText(decision);
  }
}

function toReasonText({ reason, line }: Extract<Decision, { reason: unknown }>): string {
  switch (reason) {
    case 'already':
      return decisionCopy.already[toOutcome(line)];
    case 'too_late':
      return decisionCopy.tooLate[toOutcome(line)];
    case 'other_offer':
      return decisionCopy.otherOffer;
    case 'gone':
      return decisionCopy.gone;
    case 'link_over':
      return decisionCopy.linkOver;
    case 'slow_down':
      return decisionCopy.slowDown;
    case 'not_sent':
      return decisionCopy.failed;
    case 'changed':
      return decisionCopy.offerChanged;
    case 'unconfirmed':
      return decisionCopy.unconfirmed;
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
): string {
  if (!before || !after) return '';
  const { line, decision } = after;
  if (before.line.id !== line.id)
    return decision
      ? ''
      : decisionCopy.announce.asked(line.name, line.replacement?.name ?? decisionCopy.notOffered);
  if (before.decision?.phase === decision?.phase) return '';
  const text = toDecisionText(decision);
  return decision?.phase === 'chosen' ? decisionCopy.announce.undoable(text) : text;
}
