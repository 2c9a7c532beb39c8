import 'server-only';
import { isSameOffer } from '@/lib/order/item-changes';
import { Problem } from '@/lib/order/problem';
import type { ItemLine, Items } from '@/lib/order/order-view';
import { isBeforePayment, type Stage } from '@/lib/order/stages';
import type { ConnectClient } from '@/lib/server/connect/client';
import type { SentVia } from '@/lib/server/observability/vocabulary';
import { acquireLeases, type AcquireLease } from '@/lib/server/redis/lease';
import type { DecisionRecords, DecisionRequest } from './decision-records';

// Decide-once: decides about a replacement once, even if several requests on several instances do, and returns the
// item as it is afterwards. Connect has no way to take a decision back, so one that may have arrived is not repeated.

const TOTAL_TIMEOUT_MS = 8_000;
const LEASE_TIMEOUT_MS = 3_500;
const FIRST_READ_TIMEOUT_MS = 2_500;
// Pauses before each read of the items after a decision with an unknown outcome: after 0, 0.5 and 1.5 s.
const CONFIRM_DELAYS_MS = [0, 500, 1_000];
const RETRY_AFTER_MS = 1_000;

export type DecisionResult =
  /** The item is as the customer wants it. */
  | { kind: 'decided'; item: ItemLine; decidedVia: SentVia }
  /** It was decided otherwise before, or the shopper has paid. */
  | { kind: 'already_decided' | 'too_late'; item: ItemLine };

/**
 * Throws Problem item_not_found, order_not_found, send_unconfirmed, upstream_unavailable, upstream_timeout or
 * upstream_invalid (nothing was decided), or the error of `admit`.
 */
export type DecideOnce = (request: DecisionRequest) => Promise<DecisionResult>;

type Parts = {
  records: DecisionRecords;
  acquireLease: AcquireLease;
  decideReplacement: ConnectClient['decideReplacement'];
  /** Throws Problem order_not_found or one of the upstream codes. */
  readItems: (orderId: string, userId: string, timeoutMs: number) => Promise<Items>;
  /** Undefined if it cannot be read now. */
  readStage: (orderId: string, userId: string) => Promise<Stage | undefined>;
  /** Called before the first call to Connect. Throws Problem slow_down. */
  admit: (request: DecisionRequest) => Promise<void>;
  /** Called when the item has or may have changed. */
  onDecided: (request: DecisionRequest) => void;
  now: () => number;
  wait: (delayMs: number) => Promise<unknown>;
};

export function createDecideOnce(parts: Parts): DecideOnce {
  const { records, acquireLease, readItems, readStage, onDecided, now, wait } = parts;
  const inFlight = new Map<string, { decision: string; result: Promise<DecisionResult> }>();

  async function decide(request: DecisionRequest): Promise<DecisionResult> {
    const deadlineMs = now() + TOTAL_TIMEOUT_MS;
    await parts.admit(request);
    const leaseKeys = records.toLeaseKeys(request);
    const releaseLeases = await acquireLeases(acquireLease, leaseKeys, LEASE_TIMEOUT_MS);
    if (!releaseLeases) throw new Problem('upstream_unavailable', { retryAfterMs: RETRY_AFTER_MS });
    try {
      return await decideUnderLease(request, deadlineMs);
    } finally {
      await releaseLeases();
    }
  }

  async function decideUnderLease(
    request: DecisionRequest,
    deadlineMs: number,
  ): Promise<DecisionResult> {
    const { orderId, userId, itemId, decision } = request;
    const record = await records.find(request);
    // An instance that has stopped, or an earlier request, may have made the call.
    if (record?.state === 'unknown') return confirm(request, deadlineMs);
    const recorded = record && toRecorded(record);
    const item = await readItem(request, FIRST_READ_TIMEOUT_MS).catch((cause: unknown) => {
      if (recorded) return recorded.item;
      throw cause;
    });
    if (recorded) {
      if (item.state !== 'decide' || isSameOffer(item, recorded.item)) return recorded;
      // The shopper offers something else now.
      await records.abandon(request);
    }
    if (item.state !== 'decide') return toSettled(request, item, 'confirmed');
    if (!(await records.begin(request))) return confirm(request, deadlineMs);
    const status = decision === 'approve' ? 'APPROVED' : 'REJECTED';
    const outcome = await parts
      .decideReplacement(orderId, userId, itemId, status)
      .catch(() => ({ kind: 'unknown' as const }));
    switch (outcome.kind) {
      case 'decided':
        return finish(request, toDecided(item, request), 'posted');
      case 'refused':
        await records.abandon(request);
        onDecided(request);
        return toSettled(request, await readItem(request, deadlineMs - now()), 'confirmed');
      case 'unavailable':
        await records.abandon(request);
        throw new Problem('upstream_unavailable', { retryAfterMs: outcome.retryAfterMs });
      case 'unknown':
        return confirm(request, deadlineMs);
    }
  }

  /** Reads the items until one read shows the item decided; never decides. Throws Problem send_unconfirmed. */
  async function confirm(request: DecisionRequest, deadlineMs: number): Promise<DecisionResult> {
    onDecided(request);
    for (const delayMs of CONFIRM_DELAYS_MS) {
      if (now() + delayMs >= deadlineMs) break;
      if (delayMs > 0) await wait(delayMs);
      const item = await readItem(request, deadlineMs - now()).catch(() => undefined);
      if (!item || item.state === 'decide') continue;
      if (isAsWanted(item, request)) return finish(request, item, 'confirmed');
      await records.abandon(request);
      return toSettled(request, item, 'confirmed');
    }
    throw new Problem('send_unconfirmed');
  }

  async function finish(
    request: DecisionRequest,
    item: ItemLine,
    decidedVia: SentVia,
  ): Promise<DecisionResult> {
    await records.settle(request, JSON.stringify(item));
    onDecided(request);
    return { kind: 'decided', item, decidedVia };
  }

  async function readItem(request: DecisionRequest, timeoutMs: number): Promise<ItemLine> {
    const { orderId, userId, itemId } = request;
    const { lines } = await readItems(orderId, userId, Math.max(1, timeoutMs));
    const item = lines.find(({ id }) => id === itemId);
    if (!item) throw new Problem('item_not_found');
    return item;
  }

  /** The result for an item that Connect does not let the customer decide, or that is decided. */
  async function toSettled(
    request: DecisionRequest,
    item: ItemLine,
    decidedVia: SentVia,
  ): Promise<DecisionResult> {
    onDecided(request);
    if (isAsWanted(item, request)) return { kind: 'decided', item, decidedVia };
    if (item.state === 'refunded') return { kind: 'already_decided', item };
    // A replacement without a decision is bought, which the items alone do not show.
    const stage = await readStage(request.orderId, request.userId).catch(() => undefined);
    if (stage !== undefined && !isBeforePayment(stage)) return { kind: 'too_late', item };
    if (item.state === 'decide')
      throw new Problem('upstream_unavailable', { retryAfterMs: RETRY_AFTER_MS });
    return { kind: 'already_decided', item };
  }

  return async function decideOnce(request) {
    const { orderId, userId, itemId, decision } = request;
    const key = JSON.stringify([orderId, userId, itemId]);
    for (let pending = inFlight.get(key); pending; pending = inFlight.get(key)) {
      if (pending.decision === decision) {
        const result = await pending.result;
        return result.kind === 'decided' ? { ...result, decidedVia: 'repeated' } : result;
      }
      // The opposite decision is judged by the outcome of the first one.
      await pending.result.catch(() => undefined);
    }
    const result = decide(request).finally(() => inFlight.delete(key));
    inFlight.set(key, { decision, result });
    return result;
  };
}

function toRecorded({ isSameDecision, item }: { isSameDecision: boolean; item: string }) {
  const recorded: ItemLine = JSON.parse(item);
  const result: DecisionResult = isSameDecision
    ? { kind: 'decided', item: recorded, decidedVia: 'repeated' }
    : { kind: 'already_decided', item: recorded };
  return result;
}

function isAsWanted({ state }: ItemLine, { decision }: DecisionRequest): boolean {
  return state === (decision === 'approve' ? 'replaced' : 'refunded');
}

function toDecided(item: ItemLine, { decision }: DecisionRequest): ItemLine {
  return { ...item, state: decision === 'approve' ? 'replaced' : 'refunded' };
}
