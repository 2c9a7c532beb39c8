import 'server-only';
import { isFieldName, type FieldName, type Operation } from '@/lib/server/observability/vocabulary';
import { isFields } from './fields';
import type { ConnectObserver } from './observer';

// Names of fields that Connect sends and this server does not read. Its documentation names only some of them.

const MAX_UNKNOWN_FIELDS = 20;

/** At most 20 names of fields at the top of the body that are not known; never their values. */
export function findUnknownFields(body: unknown, known: ReadonlySet<string>): FieldName[] {
  if (!isFields(body)) return [];
  const unknown = Object.keys(body).filter((name) => !known.has(name));
  return unknown.filter(isFieldName).slice(0, MAX_UNKNOWN_FIELDS);
}

/** Returns a function that reports the unknown fields of the first body that has any. */
export function createUnknownFieldReport(
  observer: ConnectObserver,
  operation: Operation,
  known: ReadonlySet<string>,
): (body: unknown) => void {
  let hasReported = false;
  return function reportUnknownFields(body) {
    const names = hasReported ? [] : findUnknownFields(body, known);
    if (names.length === 0) return;
    hasReported = true;
    observer.unknownFields(operation, names);
  };
}
