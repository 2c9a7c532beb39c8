// What the customer writes, from the first moment until the thread itself has it.

import { cleanDraft, cleanText, isBlank } from './clean-text';
import type { Message } from './order-view';
import type { ProblemCode } from './problem';
import { isSameText } from './same-text';

/** UTF-16 units, which are never fewer than Connect may count. */
export const MAX_BODY_LENGTH = 1_000;

/**
 * queued: there is no connection. unconfirmed: it may have arrived or not, and was not sent twice.
 * failed: it did not arrive.
 */
export type Delivery = 'queued' | 'sending' | 'sent' | 'unconfirmed' | 'failed';

export type Outgoing = {
  clientMessageId: string;
  body: string;
  at: string;
  delivery: Delivery;
  problem?: ProblemCode | undefined;
  /** The customer's messages that the thread held already when this one was written. */
  knownIds: ReadonlySet<string>;
  /** As the server named it; absent until it has. */
  messageId?: string | undefined;
};

/** A message of the thread; with `delivery` it is there before the thread itself has it. */
export type ThreadMessage = Message & { delivery?: Delivery; problem?: ProblemCode | undefined };

/** Whether it is for the customer to decide what becomes of it. */
export function isStuck(delivery: Delivery | undefined): boolean {
  return delivery === 'failed' || delivery === 'unconfirmed';
}

/** The text as it is sent; empty when there is nothing in it to be seen. */
export function toBody(draft: string): string {
  const body = cleanDraft(draft);
  return isBlank(body) ? '' : body;
}

/**
 * The thread with what is on its way, each exactly once: an outgoing message is at the end until a poll
 * brings it, found by its id or, failing that, by its text, which may have come back with other white space,
 * HTML entities or quotes. It keeps its own id, and text found so is shown as it was written.
 */
export function mergeOutgoing(
  polled: readonly Message[],
  outgoing: readonly Outgoing[],
): ThreadMessage[] {
  const owners = new Map<string, Outgoing>();
  const polledIds = new Set(polled.map(({ id }) => id));
  const unsettled = outgoing.filter((item) => {
    const isHere = item.messageId !== undefined && polledIds.has(item.messageId);
    if (isHere && item.messageId !== undefined) owners.set(item.messageId, item);
    return !isHere;
  });
  const pending = unsettled.filter((item) => {
    const arrived = mayHaveArrived(item) && findArrived(polled, item, owners);
    if (arrived) owners.set(arrived.id, item);
    return !arrived;
  });
  return [
    ...polled.map((message) => {
      const owner = owners.get(message.id);
      return owner
        ? { ...message, id: owner.clientMessageId, body: toShownBody(message, owner) }
        : message;
    }),
    ...pending.map(toMessage),
  ];
}

// Of one that was sent too: that the id of the answer is that of the thread is not established.
function mayHaveArrived({ delivery }: Outgoing): boolean {
  return delivery === 'sending' || delivery === 'sent' || delivery === 'unconfirmed';
}

// A text that was changed beyond its form, by a moderator say, is shown as the thread has it.
function toShownBody({ body }: Message, owner: Outgoing): string {
  const written = cleanText(owner.body);
  return isSameText(body, written) ? written : body;
}

function findArrived(
  polled: readonly Message[],
  item: Outgoing,
  owners: ReadonlyMap<string, Outgoing>,
): Message | undefined {
  const written = cleanText(item.body);
  return polled.find(
    ({ id, from, body }) =>
      from === 'customer' && !owners.has(id) && !item.knownIds.has(id) && isSameText(body, written),
  );
}

function toMessage({ clientMessageId, at, body, delivery, problem }: Outgoing): ThreadMessage {
  return {
    id: clientMessageId,
    at,
    from: 'customer',
    body: cleanText(body),
    read: false,
    delivery,
    ...(problem && { problem }),
  };
}
