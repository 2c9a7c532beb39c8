import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Outgoing } from '@/lib/order/outgoing';
import type { ChatState } from '@/lib/order/order-view';
import { createOutbox, type Outbox } from './outbox';
import { serverClock } from '@/lib/client/order/server-clock';

const NONE: readonly Outgoing[] = [];

/** What the customer has sent from this page. `token` must not change. */
export function useOutbox(
  token: string,
  chatState: ChatState | undefined,
): { outbox: Outbox; items: readonly Outgoing[] } {
  const memory = useQueryClient();
  const [outbox] = useState(() =>
    createOutbox(memory, token, {
      now: serverClock.now,
      newId: () => crypto.randomUUID(),
      onSent: () => void memory.invalidateQueries(),
    }),
  );
  const items = useSyncExternalStore(outbox.subscribe, outbox.getAll, () => NONE);
  const isBusy = items.some(({ delivery }) => delivery === 'queued' || delivery === 'sending');
  useEffect(() => {
    if (!isBusy) return undefined;
    // The browser asks before what is on its way goes with the page.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isBusy]);
  const hasChat = chatState === 'open' || chatState === 'waiting';
  useEffect(() => {
    if (!hasChat) forget(outbox);
  }, [hasChat, outbox]);
  useEffect(() => () => forget(outbox), [outbox]);
  return { outbox, items };
}

/** With the chat the customer's own text goes, what was not sent too. */
function forget(outbox: Outbox): void {
  outbox.clear();
  // A field that goes while it has the focus stays in React's memory until it hears of a change.
  document.body.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}
