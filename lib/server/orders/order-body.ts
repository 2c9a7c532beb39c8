import 'server-only';
import type { Access, OrderProgress, OrderView } from '@/lib/order/order-view';
import { toJson, toJsonObject, type Json } from './json-members';
import type { SerializedOrder } from './serialized-order';

// The body of GET /api/order/messages: an OrderView. What a link may see is decided here and nowhere else.

/** The claims of a link that the body and its headers depend on. */
export type ViewingLink = {
  access: Access;
  /** The order's number as the store prints it. */
  number?: string | undefined;
  /** The customer's language, a BCP 47 tag. */
  locale?: string | undefined;
};

export type Moment = Pick<OrderView, 'stale'> & {
  asOfMs: number;
  pollAfterMs: number | undefined;
};

/** A `share` link gets a list of permitted fields, so that a new field of an order is hidden from it. */
export function toShownProgress(
  { order }: SerializedOrder,
  { access, number }: ViewingLink,
): OrderProgress | undefined {
  if (!order) return undefined;
  if (access !== 'share') return { ...order, ...(number !== undefined && { number }) };
  const { type, stage, steps, window, isLate } = order;
  return {
    ...{ type, stage },
    steps: steps.map(({ stage: step, state, at }) => ({ stage: step, state, ...(at && { at }) })),
    ...(window && { window: { from: window.from, to: window.to } }),
    isLate,
  };
}

export function toOrderBody(order: SerializedOrder, link: ViewingLink, moment: Moment): Json {
  const { asOfMs, stale, pollAfterMs } = moment;
  const progress = toShownProgress(order, link);
  return toJsonObject({
    ...(link.access === 'share' ? NOBODY : toConversation(order, link.access)),
    access: toJson(link.access),
    order: progress && toJson(progress),
    items: link.access === 'share' ? undefined : order.items?.json,
    pickup: link.access === 'share' ? undefined : toPickup(order, link.access),
    asOf: toJson(new Date(asOfMs).toISOString()),
    stale: toJson(stale),
    pollAfterMs: pollAfterMs === undefined ? undefined : toJson(pollAfterMs),
  });
}

function toPickup({ order, pickup }: SerializedOrder, access: Access): Json | undefined {
  if (!order || !pickup) return undefined;
  return toJsonObject({
    instructions: pickup.instructions?.json ?? toJson([]),
    canArrive: toJson(order.stage === 'ready' && access === 'full'),
    vehicle: pickup.vehicle?.json,
  });
}

type Conversation = Record<'chat' | 'updates' | 'people', Json>;

/** The conversation of a `share` link, whatever the order has. */
const NOBODY: Conversation = {
  chat: toJson({ state: 'unavailable', messages: [], canReply: false }),
  updates: toJson([]),
  people: toJson({ customer: { name: '' }, shoppers: [] }),
};

function toConversation(order: SerializedOrder, access: Access): Conversation {
  const { chatState, unreadableCount, messages, updates, people } = order;
  return {
    chat: toJsonObject({
      state: toJson(chatState),
      messages,
      canReply: toJson(chatState === 'open' && access === 'full'),
      unreadableCount: unreadableCount > 0 ? toJson(unreadableCount) : undefined,
    }),
    updates,
    people,
  };
}
