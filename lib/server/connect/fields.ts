import 'server-only';
import type { Steps } from '@/lib/order/steps';
import type { ConnectField, FieldFaults } from '@/lib/server/observability/vocabulary';

// Reads single fields of Connect's responses. A field that cannot be read is counted by name and affects its own row
// at most. Fields: https://docs.instacart.com/connect/api/post_checkout/chat/get_order_messages

/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Converts a JSON value; undefined if the value has another type. */
type Read<T> = (value: unknown) => T | undefined;

/** Whether a JSON value is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type FieldReader = {
  /** Undefined, and counted, if the field is null, missing or of another type. */
  required<T>(fields: Fields, field: ConnectField, read: Read<T>): T | undefined;
  /** Undefined if the field is null or missing; undefined, and counted, if it has another type. */
  optional<T>(fields: Fields, field: ConnectField, read: Read<T>): T | undefined;
  /** Counts one fault of the field. */
  count(field: ConnectField): void;
};

/** `faults` receives the counts. */
export function createFieldReader(faults: FieldFaults): FieldReader {
  function count(field: ConnectField): void {
    faults.set(field, (faults.get(field) ?? 0) + 1);
  }
  function readCounted<T>(value: unknown, field: ConnectField, read: Read<T>): T | undefined {
    const result = read(value);
    if (result === undefined) count(field);
    return result;
  }
  return {
    count,
    required: (fields, field, read) => readCounted(valueOf(fields, field), field, read),
    optional(fields, field, read) {
      const value = valueOf(fields, field);
      return value === undefined || value === null ? undefined : readCounted(value, field, read);
    },
  };
}

// Own properties only: every object inherits "constructor", also if the JSON has no such name.
function valueOf(fields: Fields, field: ConnectField): unknown {
  const name = field.slice(field.lastIndexOf('.') + 1);
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

// The cost of one row in units of work, which are UTF-16 units of text: work-slices.ts.
const WORK_PER_ROW = 400;
const ID = /^[\w.:-]{1,100}$/;

/** An id as text. Ids are documented as integers without a size; json.ts turns long ones into strings. */
export function readId(value: unknown): string | undefined {
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && ID.test(value) ? value : undefined;
}

export function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function readFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function readList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function readFields(value: unknown): Fields | undefined {
  return isFields(value) ? value : undefined;
}

/** Returns the rows that could be read, with one step per row; a row that is no object is counted under `field`. */
export function* readEach<T>(
  rows: readonly unknown[],
  field: ConnectField,
  { count }: FieldReader,
  read: (row: Fields) => T | undefined,
): Steps<T[]> {
  const items: T[] = [];
  for (const row of rows) {
    if (!isFields(row)) count(field);
    const item = isFields(row) ? read(row) : undefined;
    if (item !== undefined) items.push(item);
    yield WORK_PER_ROW;
  }
  return items;
}
