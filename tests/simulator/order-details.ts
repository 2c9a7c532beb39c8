import { minuteMs, toTimestamp } from './clock';
import type { OrderChanges, WindowShape } from './order-changes';
import { findShopper, listHappened, type OrderRun } from './order-body';
import type { Step } from './order-script';

const defaultWindow = { startsInMs: 30 * minuteMs, endsInMs: 90 * minuteMs };

/**
 * Connect's answer for `GET …/orders/{order_id}`. Established are `workflow_state`, `fulfillment_type` and
 * `pickup_category`. Not established: the names `id`, `created_at` and those of the window, and further fields.
 */
export function composeOrderDetails(
  orderId: string,
  run: OrderRun,
  nowMs: number,
): Record<string, unknown> {
  const happened = listHappened(run, nowMs);
  const changes: OrderChanges = {};
  let windowFromMs = run.openedAtMs;
  for (const step of happened) {
    if (step.kind !== 'order') continue;
    Object.assign(changes, step.changes);
    if (step.changes.window) windowFromMs = run.time.momentOf(step.atMs);
  }
  const { type = 'delivery', window = defaultWindow, windowShape, without = [] } = changes;
  const details = {
    id: orderId,
    created_at: toTimestamp(run.time.momentOf(0)),
    workflow_state: findState(happened),
    fulfillment_type: type,
    ...(changes.pickupCategory !== undefined && { pickup_category: changes.pickupCategory }),
    ...composeWindow(
      toTimestamp(windowFromMs + window.startsInMs),
      toTimestamp(windowFromMs + window.endsInMs),
      windowShape,
    ),
    ...changes.extra,
  };
  return Object.fromEntries(Object.entries(details).filter(([name]) => !without.includes(name)));
}

/** The newest vehicle that a step sets. */
export function findVehicle(run: OrderRun, nowMs: number): Record<string, unknown> | undefined {
  const vehicles = listHappened(run, nowMs).flatMap((step) =>
    step.kind === 'order' && step.changes.vehicle ? [step.changes.vehicle] : [],
  );
  return vehicles.at(-1);
}

/** The newest state that a step sets. Without one, an order with a shopper is being picked. */
function findState(happened: Step[]): unknown {
  const state = happened.reduce<{ value: unknown } | undefined>((found, step) => {
    if (step.kind === 'delivered') return { value: 'delivered' };
    if (step.kind === 'cancelled') return { value: 'canceled' };
    return step.kind === 'order' && 'state' in step.changes ? { value: step.changes.state } : found;
  }, undefined);
  if (state) return state.value;
  return findShopper(happened) ? 'picking' : 'brand_new';
}

function composeWindow(starts: string, ends: string, shape: WindowShape = 'top-level') {
  const named = { window_starts_at: starts, window_ends_at: ends };
  switch (shape) {
    case 'top-level':
      return named;
    case 'fulfillment_details':
      return { fulfillment_details: named };
    case 'delivery_window':
      return { delivery_window: { starts_at: starts, ends_at: ends } };
    case 'absent':
      return {};
  }
}
