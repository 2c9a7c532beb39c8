import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Outgoing } from '@/lib/order/outgoing';
import type { ChatState } from '@/lib/order/order-view';
import { createOutbox, type Outbox } from './outbox';

const NONE: readonly Outgoing[] = [];

/** What the customer has sent from this page. `token` must not change. */
export function useOutbox(
  token: string,
  chatState: ChatState | undefined,
): { outbox: Outbox; items: readonly Outgoing[] } {
  const memory = useQueryClient();
  const [outbox] = useState(() =>
    createOutbox(memory, token, {
      now: Date.now,
      newId: () => crypto.randomUUID(),
      onSent: () => void memory.invalidateQueries(),
    }),
  );
  const items = useSyncExternalStore(outbox.subscribe, outbox.getAll, () => NONE);
  // With the chat its text goes, what was not sent too.
  useEffect(() => {
    if (chatState === 'expired') outbox.clear();
  }, [chatState, outbox]);
  return { outbox, items };
}
