// The order as the customer may see it: the response of GET /api/order/messages.
// Times are ISO-8601 UTC, ids are strings, durations are milliseconds.

import type { Pickup } from './pickup';
import { hasStrings, isRecord } from './json-shape';
import { ORDER_TYPES, STAGES, STEP_STATES, type OrderType, type Stage, type Step } from './stages';

export const CHAT_STATES = ['waiting', 'open', 'expired', 'unavailable'] as const;
export type ChatState = (typeof CHAT_STATES)[number];

export type Message = {
  id: string;
  at: string;
  from: 'customer' | 'shopper';
  shopperId?: string;
  body: string;
  imageUrl?: string;
  /** The message has a picture on a host that is not listed in IMAGE_HOSTS. */
  imageWithheld?: true;
  readAt?: string;
  read: boolean;
};

/** One lifecycle event. It may have been sent on several media. */
export type Update = { id: string; at: string; body: string; imageUrl?: string; media: string[] };

type Customer = { name: string; avatarUrl?: string };
export type Shopper = { id: string; name: string; avatarUrl?: string };

export type People = { customer: Customer; shoppers: Shopper[]; currentShopperId?: string };

/** `full`: may write. `read`: sees everything. `share`: sees stage, steps and window alone. */
export const ACCESS_LEVELS = ['full', 'read', 'share'] as const;
export type Access = (typeof ACCESS_LEVELS)[number];

/** How far the order is. Absent where Connect does not let us read the order. */
export type OrderProgress = {
  type: OrderType;
  stage: Stage;
  /** Empty if the order is cancelled or its stage is not known. */
  steps: Step[];
  /** Delivery or pickup window. */
  window?: { from: string; to: string };
  isLate: boolean;
  /** The order's number as the store prints it. */
  number?: string;
  /** An estimate, present only if the order is over and its chat has not expired. */
  messagesReadableUntil?: string;
};

/** State of a line. `to_shop` and `decide` may change; `decide`: the customer can keep or refund the replacement. */
export const ITEM_STATES = [
  ...(['to_shop', 'found', 'replaced', 'decide', 'refunded', 'other'] as const),
] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** `quantity` is a number as text; it and `unit` are empty if they are not known. */
export type Item = { name: string; imageUrl?: string; quantity: string; unit: string };
export type ItemLine = Item & { id: string; state: ItemState; replacement?: Item };

/** The lines in the order of Connect, and how many have each state. There are no prices. */
export type Items = { lines: ItemLine[]; counts: Record<ItemState, number> };

export type OrderView = {
  chat: {
    state: ChatState;
    messages: Message[];
    canReply: boolean;
    /** Number of messages without the fields that are needed to show them; absent if there are none. */
    unreadableCount?: number;
  };
  updates: Update[];
  people: People;
  access: Access;
  order?: OrderProgress;
  /** Absent while nothing is known of the items, and for a `share` link. */
  items?: Items;
  /** Present for pickup orders shortly before, during and after the store has them ready; absent for a `share` link. */
  pickup?: Pickup;
  asOf: string;
  stale: boolean;
  /** Absent: the order will not change any more, so the page stops polling. */
  pollAfterMs?: number;
};

export function findShopper(people: People, id: string | undefined): Shopper | undefined {
  return people.shoppers.find((shopper) => shopper.id === id);
}

function isOrderProgress(value: unknown): value is OrderProgress {
  if (!hasStrings(value, 'type', 'stage')) return false;
  const { type, stage, steps, window, isLate } = value;
  return (
    ORDER_TYPES.some((known) => known === type) &&
    STAGES.some((known) => known === stage) &&
    Array.isArray(steps) &&
    steps.every(
      (step) =>
        hasStrings(step, 'stage', 'state') &&
        STAGES.some((known) => known === step['stage']) &&
        STEP_STATES.some((known) => known === step['state']),
    ) &&
    (window === undefined || hasStrings(window, 'from', 'to')) &&
    typeof isLate === 'boolean'
  );
}

/** Checks the fields that the page relies on. A schema library would be larger than the page's own code. */
export function isOrderView(value: unknown): value is OrderView {
  if (!isRecord(value) || !isRecord(value['chat']) || !isRecord(value['people'])) return false;
  const { chat, people, updates, access, order, items, pickup, asOf, stale, pollAfterMs } = value;
  return (
    CHAT_STATES.some((state) => state === chat['state']) &&
    Array.isArray(chat['messages']) &&
    chat['messages'].every((message) => hasStrings(message, 'id', 'at', 'from', 'body')) &&
    Array.isArray(updates) &&
    updates.every(
      (update) => hasStrings(update, 'id', 'at', 'body') && Array.isArray(update['media']),
    ) &&
    hasStrings(people['customer'], 'name') &&
    Array.isArray(people['shoppers']) &&
    people['shoppers'].every((shopper) => hasStrings(shopper, 'id', 'name')) &&
    ACCESS_LEVELS.some((level) => level === access) &&
    (order === undefined || isOrderProgress(order)) &&
    // Their lists are checked with the parts that show them, which are loaded later.
    (items === undefined || (isRecord(items) && isRecord(items['counts']))) &&
    (pickup === undefined || isRecord(pickup)) &&
    typeof asOf === 'string' &&
    typeof stale === 'boolean' &&
    (pollAfterMs === undefined || typeof pollAfterMs === 'number')
  );
}
