import type { ItemChanges, ItemLine } from './item-line';
import { toRecord } from './oauth';
import { connectErrors, jsonReply, type Reply } from './replies';

/** A decision that changed its line. */
export type Decision = { itemId: string; status: 'APPROVED' | 'REJECTED' };

/** Documented is `picking`. Not established: whether Connect accepts decisions in `verifying_replacements`. */
const decidableStates = new Set<unknown>(['picking', 'verifying_replacements']);

/** Connect's answer to `PUT …/items/{order_item_id}/replacement`, and the change of the line if it is accepted. */
function answerDecision(
  line: ItemLine | undefined,
  state: unknown,
  requestBody: unknown,
): { reply: Reply; accepted?: { status: Decision['status']; changes: ItemChanges } } {
  const { status } = toRecord(requestBody);
  if (status === undefined) return { reply: connectErrors.statusMissing };
  if (status !== 'APPROVED' && status !== 'REJECTED') return { reply: connectErrors.statusInvalid };
  if (!line) return { reply: connectErrors.notFound };
  const isPending = line.status === 'REPLACED' && line.replacementStatus === 'PENDING';
  if (!isPending || !decidableStates.has(state)) return { reply: connectErrors.notDecidable };
  // Not established: whether a rejected line keeps the status REPLACED.
  return {
    reply: jsonReply(200, {}),
    accepted: { status, changes: { replacementStatus: status } },
  };
}

/** Answers decisions of customers and stores those that are accepted. */
export function createDecisions(parts: {
  findLine: (orderId: string, itemId: string) => ItemLine | undefined;
  readState: (orderId: string) => unknown;
  changeItem: (orderId: string, itemId: string, changes: ItemChanges) => void;
}) {
  const accepted = new Map<string, Decision[]>();
  const listAccepted = (orderId: string): Decision[] => accepted.get(orderId) ?? [];

  function answer(orderId: string, itemId: string, requestBody: unknown): Reply {
    const line = parts.findLine(orderId, itemId);
    const decision = answerDecision(line, parts.readState(orderId), requestBody);
    if (decision.accepted) {
      const { status, changes } = decision.accepted;
      parts.changeItem(orderId, itemId, changes);
      accepted.set(orderId, [...listAccepted(orderId), { itemId, status }]);
    }
    return decision.reply;
  }

  return { answer, listAccepted, clear: () => accepted.clear() };
}
