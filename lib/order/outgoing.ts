// Messages of the customer that the thread does not contain yet.

import { cleanDraft, cleanText, isBlank } from './clean-text';
import type { Message } from './order-view';
import type { ProblemCode } from './problem';
import { isSameText } from './same-text';

/** In UTF-16 units, because a text never has fewer UTF-16 units than characters, which Connect may count. */
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

/** Whether the customer has to send the message again or delete it. */
export function needsDecision(delivery: Delivery | undefined): boolean {
  return delivery === 'failed' || delivery === 'unconfirmed';
}

/** Returns the text to send; empty if it has no visible character. */
export function toBody(draft: string): string {
  const body = cleanDraft(draft);
  return isBlank(body) ? '' : body;
}

/**
 * Returns the polled thread with each outgoing message exactly once. An outgoing message is at the end until a poll
 * returns it, matched by its id or else by its text, where white space, HTML entities and quotes may differ.
 * A matched message keeps its client id and its text as the customer wrote it.
 */
export function mergeOutgoing(
  polled: readonly Message[],
  outgoing: readonly Outgoing[],
): ThreadMessage[] {
  const matches = new Map<string, Outgoing>();
  const polledIds = new Set(polled.map(({ id }) => id));
  const unmatched = outgoing.filter((item) => {
    const isPolled = item.messageId !== undefined && polledIds.has(item.messageId);
    if (isPolled && item.messageId !== undefined) matches.set(item.messageId, item);
    return !isPolled;
  });
  const pending = unmatched.filter((item) => {
    const arrived = mayHaveArrived(item) && findArrived(polled, item, matches);
    if (arrived) matches.set(arrived.id, item);
    return !arrived;
  });
  return [
    ...polled.map((message) => {
      const match = matches.get(message.id);
      return match
        ? { ...message, id: match.clientMessageId, body: toShownBody(message, match) }
        : message;
    }),
    ...pending.map(toMessage),
  ];
}

// A sent message is matched by its text too, because Connect does not document that both responses have the same id.
function mayHaveArrived({ delivery }: Outgoing): boolean {
  return delivery === 'sending' || delivery === 'sent' || delivery === 'unconfirmed';
}

// Connect may change a text, for example by moderation. Then the text in the thread is shown.
function toShownBody({ body }: Message, match: Outgoing): string {
  const written = cleanText(match.body);
  return isSameText(body, written) ? written : body;
}

function findArrived(
  polled: readonly Message[],
  item: Outgoing,
  matches: ReadonlyMap<string, Outgoing>,
): Message | undefined {
  const written = cleanText(item.body);
  return polled.find(
    ({ id, from, body }) =>
      from === 'customer' &&
      !matches.has(id) &&
      !item.knownIds.has(id) &&
      isSameText(body, written),
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
