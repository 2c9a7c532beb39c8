/**
 * Where the answer has the window. Its names are not established: the documentation only says that an order has the
 * start and the end of its delivery window.
 */
export type WindowShape = 'top-level' | 'fulfillment_details' | 'delivery_window' | 'absent';

/** Relative to now; in a script relative to the time of its step. Negative times are in the past. */
export type OrderWindow = { startsInMs: number; endsInMs: number };

/** Changes of an order, independent of its messages. */
export type OrderChanges = {
  /** `workflow_state`: any JSON value, so that tests can use values that are not documented. */
  state?: unknown;
  /** `fulfillment_type`: `delivery`, `last_mile_delivery`, `pickup` or an undocumented value. */
  type?: unknown;
  /** `pickup_category`: `curbside`, `locker` or `in_store`. */
  pickupCategory?: string;
  /** The customer's vehicle, with the names of the API. It is in another answer than the order. */
  vehicle?: Record<string, unknown>;
  window?: OrderWindow;
  windowShape?: WindowShape;
  /** Fields that are removed from the answer. */
  without?: string[];
  /** Further fields of the answer. */
  extra?: Record<string, unknown>;
};
