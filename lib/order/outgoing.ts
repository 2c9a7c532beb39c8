// Messages of the customer that the thread does not contain yet.

import { cleanDraft, cleanText, isBlank } from './clean-text';
import type { Message } from './order-view';
import type { ProblemCode } from './problem';
import { isSameText } from './same-text';

/** In UTF-16 units. Their number is never smaller than the number of characters that Connect may count. */
export const MAX_BODY_LENGTH = 1_000;

/**
 * `queued`: waits for a connection. `unconfirmed`: may have arrived, and is not retried automatically.
 * `failed`: did not arrive.
 */
export type Delivery = 'queued' | 'sending' | 'sent' | 'unconfirmed' | 'failed';

export type Outgoing = {
  clientMessageId: string;
  body: string;
  at: string;
  delivery: Delivery;
  problem?: ProblemCode | undefined;
  /** Ids of the customer's messages that the thread contained when this one was written. */
  knownIds: ReadonlySet<string>;
  /** The server's id of the message; absent until the server has returned it. */
  messageId?: string | undefined;
};

/** A row's message. `delivery` is set while the polled thread does not contain it. */
export type ThreadMessage = Message & { delivery?: Delivery; problem?: ProblemCode | undefined };

/** Whether the customer has to decide: send the message again, or delete it. */
export function isStuck(delivery: Delivery | undefined): boolean {
  return delivery === 'failed' || delivery === 'unconfirmed';
}

/** The text as it is sent; empty if it has no visible character. */
export function toBody(draft: string): string {
  const body = cleanDraft(draft);
  return isBlank(body) ? '' : body;
}

/**
 * The polled thread with the outgoing messages, each exactly once. An outgoing message is at the end until a poll
 * returns it, matched by its id or else by its text, where white space, HTML entities and quotes may differ.
 * A matched message keeps its client id and its text as the customer wrote it.
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

// A sent message is matched by its text too: Connect does not document that both responses have the same id.
function mayHaveArrived({ delivery }: Outgoing): boolean {
  return delivery === 'sending' || delivery === 'sent' || delivery === 'unconfirmed';
}

// If more than the form of the text differs, for example after moderation, the thread's version is shown.
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
