// Merges lifecycle notices into events: an event that was sent on several media is one update.

import { saysTheSame, toSentences } from './notice-text';
import type { Update } from './order-view';
import { finishSteps, type Steps } from './steps';
import { createUniqueIds } from './unique-ids';

/** `body` is the result of `cleanText`, without HTML. */
export type Notice = { id: string; at: string; medium: string; body: string; imageUrl?: string };

const SAME_EVENT_MS = 120_000;
const SAME_NOTICE_MS = 1_000;
const OTHER_WORDS_MS = 60_000;
// Limits the work if thousands of notices have the same time.
const MAX_COMPARED = 8;
const WORK_PER_NOTICE = 500;

type Event = { update: Update; sentences: string };

/**
 * One update per event, oldest first, with unique ids; the order of `notices` does not matter. Notices on different
 * media are one event if their texts are equal and they are at most two minutes apart or have one id, or if their
 * texts have the same meaning and they are at most one minute apart; the shortest text is shown. An equal text on
 * the same medium later is a new event: an order can return to an earlier step, and its notices then repeat.
 */
export function toUpdates(notices: readonly Notice[]): Update[] {
  return finishSteps(collectUpdates(notices));
}

/** Does the work of `toUpdates`, with one step per notice. */
export function* collectUpdates(notices: readonly Notice[]): Steps<Update[]> {
  const events: Event[] = [];
  const toUniqueId = createUniqueIds();
  const byIdAndBody = new Map<string, Update>();
  const latestByBody = new Map<string, Update>();
  for (const { notice } of notices.map(toDated).sort(byTime)) {
    const key = JSON.stringify([notice.id, notice.body]);
    const sameId = byIdAndBody.get(key);
    const isOtherMedium = sameId && !sameId.media.includes(notice.medium);
    let update = isOtherMedium ? sameId : findSameEvent(latestByBody.get(notice.body), notice);
    if (!update) {
      const sentences = toSentences(notice.body);
      update = findInOtherWords(events, notice, sentences);
      if (!update) {
        update = { id: toUniqueId(notice.id), at: notice.at, body: notice.body, media: [] };
        events.push({ update, sentences });
      }
      latestByBody.set(notice.body, update);
    }
    if (notice.body && notice.body.length < update.body.length) update.body = notice.body;
    if (!update.media.includes(notice.medium)) update.media.push(notice.medium);
    if (notice.imageUrl && !update.imageUrl) update.imageUrl = notice.imageUrl;
    byIdAndBody.set(key, update);
    yield WORK_PER_NOTICE + notice.body.length;
  }
  return events.map(({ update }) => update);
}

function findSameEvent(update: Update | undefined, notice: Notice): Update | undefined {
  if (!update) return undefined;
  const gapMs = Date.parse(notice.at) - Date.parse(update.at);
  const allowedMs = update.media.includes(notice.medium) ? SAME_NOTICE_MS : SAME_EVENT_MS;
  return gapMs <= allowedMs ? update : undefined;
}

function findInOtherWords(
  events: readonly Event[],
  notice: Notice,
  sentences: string,
): Update | undefined {
  const oldestMs = Date.parse(notice.at) - OTHER_WORDS_MS;
  const event = events
    .slice(-MAX_COMPARED)
    .find(
      ({ update, sentences: others }) =>
        Date.parse(update.at) >= oldestMs &&
        !update.media.includes(notice.medium) &&
        saysTheSame(others, sentences),
    );
  return event?.update;
}

type Dated = { notice: Notice; ms: number };

function toDated(notice: Notice): Dated {
  return { notice, ms: Date.parse(notice.at) };
}

function byTime({ notice: a, ms: aMs }: Dated, { notice: b, ms: bMs }: Dated): number {
  return (
    aMs - bMs ||
    compareIds(a.id, b.id) ||
    compareIds(a.body, b.body) ||
    compareIds(a.medium, b.medium) ||
    compareIds(a.imageUrl ?? '', b.imageUrl ?? '')
  );
}

/** Orders decimal ids of any length by value. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
