import { useEffect, useMemo, useReducer } from 'react';
import { requestJson } from '@/lib/client/order/order-request';
import type { OrderView } from '@/lib/order/order-view';
import { isUnread, withRead } from '@/lib/order/read-marks';

const READ_PATH = '/api/order/read';
const NONE: ReadonlySet<string> = new Set();

/**
 * Treats messages as read at once after `onSeen`, and reports them to the server when no unread message is left, because
 * Connect marks all of them. A failed report is not repeated: the next messages cause another one.
 */
export function useReadMarks(token: string, polled: OrderView | undefined) {
  // A reducer and not a callback: a callback would keep the order of its first render in memory.
  const [seenIds, onSeen] = useReducer(addIds, NONE);
  const view = useMemo(() => polled && withRead(polled, seenIds), [polled, seenIds]);
  const newestSeenId =
    polled?.access === 'full' && view && !view.chat.messages.some(isUnread)
      ? polled.chat.messages.findLast(isUnread)?.id
      : undefined;
  useEffect(() => {
    if (newestSeenId === undefined) return;
    const headers = { 'content-type': 'application/json' };
    requestJson(READ_PATH, token, { method: 'POST', headers, body: '{}' }).catch(() => undefined);
  }, [token, newestSeenId]);
  return { view, onSeen };
}

function addIds(before: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  return ids.every((id) => before.has(id)) ? before : new Set([...before, ...ids]);
}
