// Merges lifecycle notices into events: an event that was sent on several media is one update.

import { hasSameMeaning, toSentences } from './notice-text';
import type { Update } from './order-view';
import { finishSteps, type Steps } from './steps';
import { createUniqueIds } from './unique-ids';

/** `body` is the result of `cleanText`, without HTML. */
export type Notice = { id: string; at: string; medium: string; body: string; imageUrl?: string };

const SAME_EVENT_MS = 120_000;
const SAME_NOTICE_MS = 1_000;
const SAME_MEANING_MS = 60_000;
// Bounds the CPU time if thousands of notices have the same time.
const MAX_COMPARED = 8;
const WORK_PER_NOTICE = 500;

type Event = { update: Update; sentences: string };

/**
 * Returns one update per event, oldest first, with the shortest text and a unique id. Notices on different media are
 * one event if their texts are equal and they have one id or are at most two minutes apart, or if their texts have the same
 * meaning and they are at most one minute apart. On one medium a repeated text is a new event after a second.
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
      update = findSameMeaning(events, notice, sentences);
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

function findSameMeaning(
  events: readonly Event[],
  notice: Notice,
  sentences: string,
): Update | undefined {
  const oldestMs = Date.parse(notice.at) - SAME_MEANING_MS;
  const event = events
    .slice(-MAX_COMPARED)
    .find(
      ({ update, sentences: others }) =>
        Date.parse(update.at) >= oldestMs &&
        !update.media.includes(notice.medium) &&
        hasSameMeaning(others, sentences),
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
