import 'server-only';

// The closed vocabularies of logs and metrics: only values listed here are written or counted, never a text, name or
// id of a customer.

export const ROUTES = [
  ...(['order_messages', 'send_message', 'mark_read', 'decide'] as const),
  ...(['arrive', 'set_vehicle', 'mint_link'] as const),
] as const;
export type Route = (typeof ROUTES)[number];

export const PAGE_LABELS = ['order', 'embed', 'embed_check', 'short_link', 'file', 'none'] as const;
export type PageLabel = (typeof PAGE_LABELS)[number];

/** Rate limits that a request can exceed. */
export const LIMIT_NAMES = [
  ...(['reads', 'wrong_tokens', 'sends', 'decisions'] as const),
  ...(['arrivals', 'vehicles', 'marks'] as const),
] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** How the server confirmed a message, decision or arrival: by its call, by reading the order, or by an earlier request. */
export const SENT_VIA = ['posted', 'confirmed', 'repeated'] as const;
export type SentVia = (typeof SENT_VIA)[number];

export const OPERATIONS = [
  ...(['order_messages', 'order', 'items', 'pickup', 'vehicle'] as const),
  ...(['send_message', 'mark_read', 'decide', 'arrive', 'set_vehicle', 'token'] as const),
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Result of a call to Connect: by the status of the response or, without a response, by the kind of failure. */
export const CALL_RESULTS = [
  ...(['ok', 'unauthorized', 'refused', 'throttled', 'failed'] as const),
  ...(['timeout', 'unreachable', 'invalid'] as const),
] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** Why a call was not made: the circuit breaker is open, Connect throttles, or too many calls are in progress. */
export const REJECTED_BY = ['breaker', 'throttling', 'concurrency_limit'] as const;
export type RejectedBy = (typeof REJECTED_BY)[number];

export const BREAKER_STATES = ['closed', 'open', 'probing'] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

export const MINT_RESULTS = ['minted', 'refused', 'failed'] as const;
export type MintResult = (typeof MINT_RESULTS)[number];

/** `ms`: duration. `status` is undefined if there was no response. */
export type ConnectCall = {
  operation: Operation;
  result: CallResult;
  status: number | undefined;
  ms: number;
};

/** Fields of Connect's responses. The name of a list or object also counts faults of its entries. */
export const CONNECT_FIELDS = [
  'chat_messages',
  'chat_messages.id',
  'chat_messages.created_at',
  'chat_messages.sender_id',
  'chat_messages.sender_type',
  'chat_messages.read',
  'chat_messages.read_at',
  'chat_messages.body',
  'chat_messages.image',
  'lifecycle_messages',
  'lifecycle_messages.notification_id',
  'lifecycle_messages.medium',
  'lifecycle_messages.created_at',
  'lifecycle_messages.body',
  'lifecycle_messages.image',
  'metadata',
  'metadata.customer',
  'metadata.customer.display_name',
  'metadata.customer.avatar_url',
  'metadata.current_shopper',
  'metadata.current_shopper.id',
  'metadata.current_shopper.display_name',
  'metadata.current_shopper.avatar_url',
  'metadata.shoppers',
  'metadata.shoppers.id',
  'metadata.shoppers.display_name',
  'metadata.shoppers.avatar_url',
  'metadata.is_expired',
  'order',
  'order.workflow_state',
  'order.fulfillment_type',
  'order.pickup_category',
  'order.window',
  'line_items',
  'line_items.id',
  'line_items.status',
  'line_items.replacement_status',
  'line_items.item',
  'line_items.item.name',
  'line_items.item.image_url',
  'line_items.item.quantity',
  'line_items.item.cost_unit',
  'line_items.replacement',
  'line_items.replacement.name',
  'line_items.replacement.image_url',
  'line_items.replacement.quantity',
  'line_items.replacement.cost_unit',
  'pickup_instructions',
  'pickup_instructions.category',
  'pickup_instructions.instruction',
  'pickup_instructions.instruction_images',
  'pickup_instructions.instruction_images.url',
  'pickup_instructions.instruction_images.value',
  'vehicle_info',
  'vehicle_info.model',
  'vehicle_info.vehicle_type',
  'vehicle_info.license_plate',
  'vehicle_info.color',
] as const;
export type ConnectField = (typeof CONNECT_FIELDS)[number];

/** How often each field could not be read. */
export type FieldFaults = Map<ConnectField, number>;

declare const fieldNameBrand: unique symbol;
/** The name of an undocumented field of Connect: the one text of others that is logged, and only in its shape of a name. */
export type FieldName = string & { readonly [fieldNameBrand]: true };

const FIELD_NAME = /^[\w.]{1,64}$/;

export function isFieldName(text: string): text is FieldName {
  return FIELD_NAME.test(text);
}
