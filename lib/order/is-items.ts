import { hasStrings, isRecord } from './json-shape';
import { ITEM_STATES, type ItemLine, type Items } from './order-view';

/** Checks the fields that the page relies on. */
export function isItems(value: unknown): value is Items {
  if (!isRecord(value) || !isRecord(value['counts']) || !Array.isArray(value['lines']))
    return false;
  const { counts, lines } = value;
  return ITEM_STATES.every((state) => typeof counts[state] === 'number') && lines.every(isItemLine);
}

export function isItemLine(value: unknown): value is ItemLine {
  if (!hasStrings(value, 'id', 'name', 'quantity', 'unit')) return false;
  const { state, replacement } = value;
  return (
    ITEM_STATES.some((known) => known === state) &&
    (replacement === undefined || hasStrings(replacement, 'name', 'quantity', 'unit'))
  );
}
