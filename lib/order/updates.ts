// Turns lifecycle notices into events: the same event sent on several media is one.

import type { Update } from './order-view';
import { createUniqueIds } from './unique-ids';

export type Notice = { id: string; at: string; medium: string; body: string; imageUrl?: string };

const SAME_EVENT_MS = 120_000;
const SAME_NOTICE_MS = 1_000;

/**
 * One update per event, oldest first, ids unique, whatever the order of the notices. Notices that say
 * the same are one event when they come within two minutes, or under one id, on media that the event
 * has not used yet. The same words on the same medium later are a new event: orders can go back a
 * step, and notices then repeat.
 */
export function toUpdates(notices: readonly Notice[]): Update[] {
  const updates: Update[] = [];
  const toUniqueId = createUniqueIds();
  const byIdAndBody = new Map<string, Update>();
  const latestByBody = new Map<string, Update>();
  for (const notice of [...notices].sort(byTime)) {
    const key = JSON.stringify([notice.id, notice.body]);
    const sameId = byIdAndBody.get(key);
    const isOtherMedium = sameId && !sameId.media.includes(notice.medium);
    let update = isOtherMedium ? sameId : findSameEvent(latestByBody.get(notice.body), notice);
    if (!update) {
      update = { id: toUniqueId(notice.id), at: notice.at, body: notice.body, media: [] };
      updates.push(update);
      latestByBody.set(update.body, update);
    }
    if (!update.media.includes(notice.medium)) update.media.push(notice.medium);
    if (notice.imageUrl && !update.imageUrl) update.imageUrl = notice.imageUrl;
    byIdAndBody.set(key, update);
  }
  return updates;
}

function findSameEvent(update: Update | undefined, notice: Notice): Update | undefined {
  if (!update) return undefined;
  const gapMs = Date.parse(notice.at) - Date.parse(update.at);
  const allowedMs = update.media.includes(notice.medium) ? SAME_NOTICE_MS : SAME_EVENT_MS;
  return gapMs <= allowedMs ? update : undefined;
}

function byTime(a: Notice, b: Notice): number {
  return (
    Date.parse(a.at) - Date.parse(b.at) ||
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
