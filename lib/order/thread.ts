// Lays a chat out as rows: day separators, hand-overs, updates and runs of bubbles.

import { isSameDay } from 'date-fns';
import { isUnread } from './read-marks';
import type { Message, People, Update } from './order-view';
import type { ThreadMessage } from './outgoing';

export type ThreadRow =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'handover'; key: string; shopperId: string }
  | { kind: 'new'; key: string }
  | { kind: 'update'; key: string; at: string; body: string }
  | {
      kind: 'run';
      key: string;
      from: Message['from'];
      shopperId?: string;
      /** The first run of its shopper, whose name is shown. */
      isNamed?: true;
      messages: ThreadMessage[];
      /** The last message of the customer that the shopper has read. It gets the read mark. */
      seenId?: string;
      /** The message with the newest picture of all rows, which is loaded eagerly. */
      newestPictureId?: string;
    };

type Run = Extract<ThreadRow, { kind: 'run' }>;

const RUN_GAP_MS = 5 * 60_000;

/**
 * Returns the rows, oldest first. A run is a series of bubbles of one sender, at most five minutes
 * apart; a new day, a hand-over, an update or a picture ends it. Days are in the local time zone.
 * `newFromId` is the first message that is new to the reader. `updates` are the ones to show, oldest first.
 */
export function toThreadRows(
  messages: readonly ThreadMessage[],
  people: People,
  newFromId?: string,
  updates: readonly Update[] = [],
): ThreadRow[] {
  const rows: ThreadRow[] = [];
  const lastSeen = findLastSeen(messages);
  const newestPicture = messages.findLast(({ imageUrl }) => imageUrl !== undefined);
  let previous: Message | undefined;
  let run: Run | undefined;
  let shopperId: string | undefined;
  // The id of an unknown shopper is undefined, so null stands for no run yet.
  let namedId: string | null | undefined = null;
  let lastAt: string | undefined;
  const waiting = [...updates];

  function startDay(key: string, at: string): void {
    if (lastAt === undefined || !isSameDay(at, lastAt)) {
      rows.push({ kind: 'day', key: `day ${key}`, at });
      run = undefined;
    }
    lastAt = at;
  }

  function placeUpdates(untilMs: number): void {
    for (let next = waiting[0]; next && Date.parse(next.at) <= untilMs; next = waiting[0]) {
      waiting.shift();
      startDay(`update ${next.id}`, next.at);
      rows.push({ kind: 'update', key: `update ${next.id}`, at: next.at, body: next.body });
      run = undefined;
    }
  }

  for (const message of messages) {
    placeUpdates(Date.parse(message.at));
    startDay(message.id, message.at);
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
      if (run.from === 'shopper' && run.shopperId !== namedId) run.isNamed = true;
      if (run.from === 'shopper') namedId = run.shopperId;
      rows.push(run);
    }
    if (message === lastSeen) run.seenId = message.id;
    if (message === newestPicture) run.newestPictureId = message.id;
    previous = message;
  }
  placeUpdates(Infinity);
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

/** Counts the shopper's messages that the customer has not read. */
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
