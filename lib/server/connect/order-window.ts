import 'server-only';
import { isFields, type Fields } from './fields';
import { readTime } from './timestamp';

// Finds the delivery or pickup window of an order. Connect documents that an order has one, but neither its names nor its
// place, so all names that the API uses elsewhere are tried.

// Limits of the search; a real response has a few objects.
const MAX_DEPTH = 4;
const MAX_OBJECTS = 100;

/** Names that are clear anywhere. */
const CLEAR_NAMES = [['window_starts_at', 'window_ends_at']] as const;
/** Names that are clear only in an object that is named after the window. */
const SHORT_NAMES = [
  ...[['starts_at', 'ends_at'] as const, ['start', 'end'] as const, ['from', 'to'] as const],
];

/** ISO-8601 UTC; `from` is not after `to`. */
export type OrderWindow = { from: string; to: string };

type NamedFields = { name: string; fields: Fields };

/** `isUnreadable`: there are fields of a window, but no two of them are times in the right order. */
export function findOrderWindow(order: Fields): {
  window: OrderWindow | undefined;
  isUnreadable: boolean;
} {
  const objects = collectObjects(order);
  const named = objects.filter(({ name }) => /window/i.test(name));
  let isUnreadable = false;
  const searches = [
    { places: objects, pairs: CLEAR_NAMES },
    { places: named, pairs: SHORT_NAMES },
  ];
  for (const { places, pairs } of searches)
    for (const { fields } of places)
      for (const [start, end] of pairs) {
        if (!Object.hasOwn(fields, start) && !Object.hasOwn(fields, end)) continue;
        const window = readWindow(fields[start], fields[end]);
        if (window) return { window, isUnreadable: false };
        isUnreadable = true;
      }
  return { window: undefined, isUnreadable };
}

function readWindow(start: unknown, end: unknown): OrderWindow | undefined {
  const from = readTime(start);
  const to = readTime(end);
  return from !== undefined && to !== undefined && from <= to ? { from, to } : undefined;
}

/** The order and the objects within it, breadth first, so that outer fields are preferred. */
function collectObjects(order: Fields): NamedFields[] {
  const objects: NamedFields[] = [{ name: '', fields: order }];
  let level = objects;
  for (let depth = 1; depth < MAX_DEPTH; depth++) {
    level = level.flatMap(({ fields }) => toInnerObjects(fields));
    level = level.slice(0, MAX_OBJECTS - objects.length);
    objects.push(...level);
  }
  return objects;
}

function toInnerObjects(fields: Fields): NamedFields[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    isFields(value) ? [{ name, fields: value }] : [],
  );
}
