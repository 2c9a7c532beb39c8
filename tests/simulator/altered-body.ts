import { toTimestamp } from './clock';
import type { FaultEffect } from './faults';

type Json = Record<string, unknown>;

const listNames = ['chat_messages', 'lifecycle_messages', 'line_items'];
const idNames = new Set(['id', 'notification_id', 'order_id', 'recipient_id', 'sender_id']);
const partyNames = new Set(['sender_type', 'recipient_type']);
const dateNames = new Set([
  ...['created_at', 'sent_at', 'delivered_at', 'read_at'],
  ...['window_starts_at', 'window_ends_at', 'starts_at', 'ends_at'],
]);
const stateNames = new Set([
  ...['workflow_state', 'fulfillment_type', 'pickup_category'],
  ...['status', 'replacement_status'],
]);

/** Applies a fault in the data to a correct answer. Returns undefined for other kinds of fault. */
export function alterBody(text: string, effect: FaultEffect): string | undefined {
  const altered = alterValue(JSON.parse(text) as Json, effect);
  // Ids beyond 2^53 are text until here, because neighbouring numbers would be equal.
  if (altered === undefined) return undefined;
  return JSON.stringify(altered).replaceAll(/"#(\d+)#"/g, '$1');
}

function alterValue(value: Json, effect: FaultEffect): unknown {
  switch (effect.kind) {
    case 'missing-field':
      return editPath(value, effect.path.split('.'), () => undefined);
    case 'wrong-type':
      return editPath(value, effect.path.split('.'), () => effect.value);
    case 'missing-expires-in':
      return editPath(value, ['expires_in'], () => undefined);
    case 'unknown-fields':
      return mapFields({ value }, (_, entry) =>
        isRecord(entry) ? { ...entry, unknown_field: 'new', unknown_list: [1, null] } : entry,
      ).value;
    case 'unknown-values':
      return mapFields(value, (name, entry) => {
        if (name === 'medium') return 'carrier_pigeon';
        if (stateNames.has(name)) return 'beamed_up';
        return partyNames.has(name) ? 'support_robot' : entry;
      });
    case 'duplicate-ids':
      return mapLists(value, (list) =>
        list.map((entry) => ({
          ...entry,
          ...('id' in entry && { id: 1 }),
          ...('notification_id' in entry && { notification_id: 1 }),
        })),
      );
    case 'repeated-entries':
      return mapLists(value, (list) => [...list, ...list]);
    case 'shuffled':
      return mapLists(value, (list) => [
        ...list.filter((_, index) => index % 2 === 1).reverse(),
        ...list.filter((_, index) => index % 2 === 0),
      ]);
    case 'huge-ids':
      return mapFields(value, (name, entry) =>
        idNames.has(name) && typeof entry === 'number'
          ? `#${String(2n ** 53n + BigInt(entry))}#`
          : entry,
      );
    case 'invalid-dates':
      return mapFields(value, (name, entry) => (dateNames.has(name) ? 'yesterday-ish' : entry));
    case 'skewed-dates':
      return mapFields(value, (name, entry) =>
        dateNames.has(name) && typeof entry === 'string'
          ? toTimestamp(Date.parse(entry) + effect.skewMs)
          : entry,
      );
    default:
      return undefined;
  }
}

/** Replaces the values at a path. The new value `undefined` removes the field. */
function editPath(target: unknown, path: string[], replace: () => unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return replace();
  if (Array.isArray(target))
    return target.map((entry: unknown, index) =>
      name === '*' || name === String(index) ? editPath(entry, rest, replace) : entry,
    );
  if (!isRecord(target)) return target;
  return { ...target, [name]: editPath(target[name], rest, replace) };
}

function mapFields(value: Json, change: (name: string, entry: unknown) => unknown): Json {
  const mapEntry = (entry: unknown): unknown => {
    if (Array.isArray(entry)) return entry.map((item) => mapFields({ item }, change).item);
    return isRecord(entry) ? mapFields(entry, change) : entry;
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, change(name, mapEntry(entry))]),
  );
}

function mapLists(value: Json, change: (list: Json[]) => Json[]): Json {
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      listNames.includes(name) && Array.isArray(entry) ? change(entry as Json[]) : entry,
    ]),
  );
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
