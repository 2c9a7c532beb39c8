import 'server-only';
import type { Steps } from '@/lib/order/steps';
import type { ConnectField, FieldFaults } from '@/lib/server/observability/vocabulary';

// Reads single fields of Connect's answers. A field that cannot be read is counted by name and costs its own row
// at most; https://docs.instacart.com/connect/api/post_checkout/chat/get_order_messages lists the fields.

export type Fields = Readonly<Record<string, unknown>>;

/** Undefined where the value is of another kind. */
type Read<T> = (value: unknown) => T | undefined;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type FieldReader = {
  /** Null, missing and other kinds are counted. */
  required<T>(fields: Fields, field: ConnectField, read: Read<T>): T | undefined;
  /** Other kinds are counted. */
  optional<T>(fields: Fields, field: ConnectField, read: Read<T>): T | undefined;
  count(field: ConnectField): void;
};

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

// Own properties only: a row may lack "constructor", but every object inherits one.
function valueOf(fields: Fields, field: ConnectField): unknown {
  const name = field.slice(field.lastIndexOf('.') + 1);
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

const WORK_PER_ROW = 400;
const ID = /^[\w.:-]{1,100}$/;

/** Documented as an integer of unstated size; long ones arrive as text, see connect-json.ts. */
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

/** What could be read of the rows, with a step for each; a row that is no object is counted under `field`. */
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
