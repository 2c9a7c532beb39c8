// Lays a chat out as rows: day separators, hand-overs and runs of bubbles.

import { isSameDay } from 'date-fns';
import type { Message, People } from './order-view';
import type { ThreadMessage } from './outgoing';

export type ThreadRow =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'handover'; key: string; shopperId: string }
  | { kind: 'new'; key: string }
  | {
      kind: 'run';
      key: string;
      from: Message['from'];
      shopperId?: string;
      messages: ThreadMessage[];
      /** The last message of the customer that the shopper has read. It gets the read mark. */
      seenId?: string;
      /** The message with the newest picture of all rows, which is loaded eagerly. */
      newestPictureId?: string;
    };

type Run = Extract<ThreadRow, { kind: 'run' }>;

const RUN_GAP_MS = 5 * 60_000;

/**
 * Returns the rows, oldest first. A run is a series of bubbles of one sender, at most five minutes apart; a new day, a
 * hand-over or a picture ends it. Days are in the local time zone. `newFromId` is the first message that is new to the
 * reader.
 */
export function toThreadRows(
  messages: readonly ThreadMessage[],
  people: People,
  newFromId?: string,
): ThreadRow[] {
  const rows: ThreadRow[] = [];
  const lastSeen = findLastSeen(messages);
  const newestPicture = messages.findLast(({ imageUrl }) => imageUrl !== undefined);
  let previous: Message | undefined;
  let run: Run | undefined;
  let shopperId: string | undefined;
  for (const message of messages) {
    if (!previous || !isSameDay(message.at, previous.at)) {
      rows.push({ kind: 'day', key: `day ${message.id}`, at: message.at });
      run = undefined;
    }
    if (message.id === newFromId && previous) {
      rows.push({ kind: 'new', key: 'new' });
      run = undefined;
    }
    if (message.shopperId && shopperId && message.shopperId !== shopperId) {
      rows.push({ kind: 'handover', key: `handover ${message.id}`, shopperId: message.shopperId });
      run = undefined;
    }
    shopperId = message.shopperId ?? shopperId;
    if (run && previous && continuesRun(previous, message)) {
      run.messages.push(message);
    } else {
      run = startRun(message);
      rows.push(run);
    }
    if (message === lastSeen) run.seenId = message.id;
    if (message === newestPicture) run.newestPictureId = message.id;
    previous = message;
  }
  const { currentShopperId } = people;
  if (shopperId && currentShopperId && currentShopperId !== shopperId) {
    rows.push({ kind: 'handover', key: 'handover now', shopperId: currentShopperId });
  }
  return rows;
}

function startRun(message: ThreadMessage): Run {
  const { id, from, shopperId } = message;
  return {
    kind: 'run',
    key: `run ${id}`,
    from,
    ...(shopperId && { shopperId }),
    messages: [message],
  };
}

function continuesRun(previous: Message, message: Message): boolean {
  return (
    previous.from === message.from &&
    previous.shopperId === message.shopperId &&
    !hasPicture(previous) &&
    !hasPicture(message) &&
    Date.parse(message.at) - Date.parse(previous.at) <= RUN_GAP_MS
  );
}

function hasPicture(message: Message): boolean {
  return message.imageUrl !== undefined || message.imageWithheld === true;
}

function findLastSeen(messages: readonly Message[]): Message | undefined {
  return messages.findLast((message) => message.from === 'customer' && message.read);
}

function isUnread({ from, read }: Message): boolean {
  return from === 'shopper' && !read;
}

/** Counts the unread messages. Connect sets the read marks; the page cannot set them. */
export function countUnread(messages: readonly Message[]): number {
  return messages.filter(isUnread).length;
}

export function findFirstUnread(messages: readonly Message[]): Message | undefined {
  return messages.find(isUnread);
}

/** The shopper's messages that are in `after` and not in `before`, oldest first. */
export function findNewShopperMessages(
  before: readonly Message[],
  after: readonly Message[],
): Message[] {
  const knownIds = new Set(before.map((message) => message.id));
  return after.filter((message) => message.from === 'shopper' && !knownIds.has(message.id));
}

/** The shown end of a long thread: the message `firstId` and all later ones, `count` in total. */
export type ShownMessages = { firstId: string | undefined; count: number };

/**
 * The index of the first message to show, so that at least the newest `atLeast` messages are shown. It is the same
 * message as before; if that was removed, the same number of messages is shown.
 */
export function findFirstShown(
  messages: readonly Message[],
  shown: ShownMessages,
  atLeast: number,
): number {
  const newest = Math.max(0, messages.length - atLeast);
  const previousIndex = messages.findIndex(({ id }) => id === shown.firstId);
  const first = previousIndex < 0 ? messages.length - shown.count : previousIndex;
  return Math.max(0, Math.min(first, newest));
}
