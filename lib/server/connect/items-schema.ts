import 'server-only';
import type { Steps } from '@/lib/order/steps';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import {
  createFieldReader,
  isFields,
  readEach,
  readFields,
  readList,
  readText,
  type FieldReader,
  type Fields,
} from './fields';

// Validates Connect's items. Prices are not documented; a field that is not named here is not read.

// Checked before any line is parsed. The largest orders have a few hundred lines.
const MAX_LINES = 1_000;
const MAX_ID_LENGTH = 100;
// Excludes the apostrophe, which marks ids that this server has made up, and dots alone, which URLs remove.
const ITEM_ID = /^(?!\.{1,2}$)[\x21-\x26\x28-\x7e]+$/;

/** Two pages of the documentation have different values of `status`: the newest and, after it, the older one. */
export const LINE_STATUSES = [
  ...(['NOT_PICKED', 'FOUND', 'REPLACED', 'TO_REFUND'] as const),
  ...(['APPROVED', 'REJECTED'] as const),
] as const;
export const REPLACEMENT_STATUSES = [
  ...(['SUBSTITUTION_STATUS_UNSPECIFIED', 'PENDING', 'APPROVED', 'REJECTED'] as const),
] as const;

/** Names are those of the API. */
export type ConnectItem = {
  name: string;
  image_url: string | undefined;
  /** Text, because the API sends text; empty if it could not be read. */
  quantity: string;
  cost_unit: string;
};

/** Names are those of the API. */
export type ConnectLineItem = {
  /** The `order_item_id` of decisions; undefined if it could not be read. */
  id: string | undefined;
  /** Documented or not. */
  status: string | undefined;
  replacement_status: string | undefined;
  item: ConnectItem;
  replacement: ConnectItem | undefined;
};

/** Whether a text can be the id of a line: 1-100 ASCII characters that may stand in a path. */
export function isItemId(text: string): boolean {
  return text.length <= MAX_ID_LENGTH && ITEM_ID.test(text);
}

/**
 * Returns undefined if the list is absent, of another type or too long. A line without the name of its item is left
 * out. `faults` receives every field that could not be read and every unknown status.
 * https://docs.instacart.com/connect/api/post_checkout/order_items/get_order_items
 */
export function* readLineItems(
  body: unknown,
  faults: FieldFaults,
): Steps<ConnectLineItem[] | undefined> {
  const reader = createFieldReader(faults);
  if (!isFields(body)) {
    reader.count('line_items');
    return undefined;
  }
  const rows = reader.required(body, 'line_items', readList);
  if (body['line_items'] === null) return [];
  if (rows && rows.length > MAX_LINES) reader.count('line_items');
  if (!rows || rows.length > MAX_LINES) return undefined;
  return yield* readEach(rows, 'line_items', reader, (row) => readLine(row, reader));
}

function readLine(row: Fields, reader: FieldReader): ConnectLineItem | undefined {
  const status = reader.required(row, 'line_items.status', readText);
  if (status !== undefined && !LINE_STATUSES.some((known) => known === status))
    reader.count('line_items.status');
  const replacementStatus = reader.optional(row, 'line_items.replacement_status', readText);
  if (
    replacementStatus !== undefined &&
    !REPLACEMENT_STATUSES.some((known) => known === replacementStatus)
  )
    reader.count('line_items.replacement_status');
  const line = {
    id: reader.required(row, 'line_items.id', readItemId),
    status,
    replacement_status: replacementStatus,
  };
  const itemFields = reader.required(row, 'line_items.item', readFields);
  const replacementFields = reader.optional(row, 'line_items.replacement', readFields);
  const item = itemFields && readItem(itemFields, 'line_items.item', reader);
  const replacement =
    replacementFields && readItem(replacementFields, 'line_items.replacement', reader);
  return item && { ...line, item, replacement };
}

function readItem(
  fields: Fields,
  path: 'line_items.item' | 'line_items.replacement',
  { required, optional }: FieldReader,
): ConnectItem | undefined {
  const name = required(fields, `${path}.name`, readText);
  const item = {
    image_url: optional(fields, `${path}.image_url`, readText),
    quantity: required(fields, `${path}.quantity`, readQuantity) ?? '',
    cost_unit: required(fields, `${path}.cost_unit`, readText) ?? '',
  };
  return name === undefined ? undefined : { ...item, name };
}

function readItemId(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && isItemId(text) ? text : undefined;
}

// The API documents text. A number is read as well, because its meaning is the same.
function readQuantity(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : readText(value);
}
