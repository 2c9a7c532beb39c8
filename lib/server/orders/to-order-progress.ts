import 'server-only';
import { toMessagesReadableUntil } from '@/lib/order/messages-readable-until';
import type { OrderProgress, Update } from '@/lib/order/order-view';
import { isLate, isOver, toStage, toSteps, type OrderType, type Stage } from '@/lib/order/stages';
import type { ConnectOrder } from '@/lib/server/connect/order-schema';
import type { OrderWindow } from '@/lib/server/connect/order-window';

// Translates Connect's order into ours. A field that is not named here never leaves the server.

/** The facts of an order from its latest response and the responses before it. */
export type OrderDetails = { type: OrderType; stage: Stage; window?: OrderWindow | undefined };

const PICKUP_STATES = new Set([
  ...['ready_for_pickup', 'user_at_store'],
  ...['runner_awaiting', 'runner_acknowledged'],
]);
const LAST_MILE_STATES = new Set([
  ...['staged_for_delivery', 'waiting_for_delivery'],
  ...['acknowledged_for_delivery', 'at_store'],
]);

const TYPES = {
  delivery: 'delivery',
  last_mile_delivery: 'last_mile',
  pickup: 'pickup',
} as const satisfies Record<string, OrderType>;

/** `last`: details from an earlier response; an unknown state keeps its stage. */
export function toOrderDetails(order: ConnectOrder, last: OrderDetails | undefined): OrderDetails {
  const { workflow_state: state = '', window } = order;
  const type = toOrderType(order, last);
  return { type, stage: toStage(state, type) ?? last?.stage ?? 'unknown', window };
}

function toOrderType(order: ConnectOrder, last: OrderDetails | undefined): OrderType {
  const { workflow_state: state = '', fulfillment_type: type, pickup_category: category } = order;
  if (type) return TYPES[type];
  if (category !== undefined || PICKUP_STATES.has(state)) return 'pickup';
  return LAST_MILE_STATES.has(state) ? 'last_mile' : (last?.type ?? 'delivery');
}

/** The progress without the number, which is a claim of the link. */
export type LinklessProgress = Omit<OrderProgress, 'number'>;

/**
 * The progress at this time. `messages`: the messages that can be read, undefined if there are none; `seenOverAtMs`:
 * when the order was first seen to be over.
 */
export function toOrderProgress(
  { type, stage, window }: OrderDetails,
  nowMs: number,
  messages: { updates: readonly Pick<Update, 'at'>[]; seenOverAtMs: number } | undefined,
): LinklessProgress {
  const readableUntil =
    messages && isOver(stage)
      ? toMessagesReadableUntil(messages.updates, messages.seenOverAtMs)
      : undefined;
  return {
    type,
    stage,
    steps: toSteps(type, stage),
    ...(window && { window }),
    isLate: isLate(stage, window?.to, nowMs),
    ...(readableUntil !== undefined && { messagesReadableUntil: readableUntil }),
  };
}
