import 'server-only';
import { toStage } from '@/lib/order/stages';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import { createFieldReader, isFields, readText } from './fields';
import { findOrderWindow, type OrderWindow } from './order-window';

// Validates Connect's order. Its documentation describes more than it names, so unknown states and fields are normal.

export const FULFILLMENT_TYPES = ['delivery', 'last_mile_delivery', 'pickup'] as const;

/** Names are those of the API, except for the window, whose names are not documented. */
export type ConnectOrder = {
  /** A state, documented or not. */
  workflow_state: string | undefined;
  fulfillment_type: (typeof FULFILLMENT_TYPES)[number] | undefined;
  /** Only of orders that the customer collects. */
  pickup_category: string | undefined;
  window: OrderWindow | undefined;
};

/**
 * Returns undefined if the body is not an object. `faults` receives every field that could not be read, and the state if
 * it is unknown.
 * https://docs.instacart.com/connect/api/post_checkout/order/get_order
 */
export function parseOrder(
  body: unknown,
  faults: FieldFaults = new Map(),
): ConnectOrder | undefined {
  const reader = createFieldReader(faults);
  if (!isFields(body)) {
    reader.count('order');
    return undefined;
  }
  const state = reader.required(body, 'order.workflow_state', readText);
  if (state !== undefined && toStage(state, 'delivery') === undefined)
    reader.count('order.workflow_state');
  const { window, isUnreadable } = findOrderWindow(body);
  if (isUnreadable) reader.count('order.window');
  return {
    workflow_state: state,
    fulfillment_type: reader.required(body, 'order.fulfillment_type', readType),
    pickup_category: reader.optional(body, 'order.pickup_category', readText),
    window,
  };
}

function readType(value: unknown): ConnectOrder['fulfillment_type'] {
  return FULFILLMENT_TYPES.find((type) => type === value);
}

/** Fields at the top of the body that are read from there. */
export const ORDER_FIELDS: ReadonlySet<string> = new Set([
  ...['workflow_state', 'fulfillment_type', 'pickup_category'],
  ...['window_starts_at', 'window_ends_at'],
]);
