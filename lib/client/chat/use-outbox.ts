import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Outgoing } from '@/lib/order/outgoing';
import type { ChatState } from '@/lib/order/order-view';
import { createOutbox, type Outbox } from './outbox';
import { serverClock } from '@/lib/client/hooks/server-clock';

const NONE: readonly Outgoing[] = [];

/** Returns the messages that the customer has sent from this page. `token` must not change. */
export function useOutbox(
  token: string,
  chatState: ChatState | undefined,
): { outbox: Outbox; outgoing: readonly Outgoing[] } {
  const queryClient = useQueryClient();
  const [outbox] = useState(() =>
    createOutbox(queryClient, token, {
      now: serverClock.now,
      newId: () => crypto.randomUUID(),
      onSent: () => void queryClient.invalidateQueries(),
    }),
  );
  const outgoing = useSyncExternalStore(outbox.subscribe, outbox.getAll, () => NONE);
  const isBusy = outgoing.some(({ delivery }) => delivery === 'queued' || delivery === 'sending');
  useEffect(() => {
    if (!isBusy) return undefined;
    // The browser requests confirmation before the page unloads, because unsent messages would be lost.
    const requestConfirmation = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', requestConfirmation);
    return () => removeEventListener('beforeunload', requestConfirmation);
  }, [isBusy]);
  const hasChat = chatState === 'open' || chatState === 'waiting';
  useEffect(() => {
    if (!hasChat) clear(outbox);
  }, [hasChat, outbox]);
  useEffect(() => () => clear(outbox), [outbox]);
  return { outbox, outgoing };
}

/** Removes the customer's messages from memory, including the draft and unsent messages. */
function clear(outbox: Outbox): void {
  outbox.clear();
  // React keeps a reference to a focused field that was removed, until the next focus event.
  document.body.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}
