import { useState } from 'react';
import { cutText } from '@/lib/order/clean-text';
import type { Update } from '@/lib/order/order-view';

// In UTF-16 units. The section "Updates" has the whole text.
const MAX_LENGTH = 140;

/** The text of the newest update if it arrived after `isActive` became true on this page. */
export function useLaterUpdate(updates: readonly Update[], isActive: boolean): string | undefined {
  const latest = updates.at(-1);
  const [startId, setStartId] = useState(latest?.id);
  const [wasActive, setWasActive] = useState(isActive);
  if (isActive !== wasActive) {
    setWasActive(isActive);
    setStartId(latest?.id);
  }
  if (!isActive || !wasActive || !latest || latest.id === startId) return undefined;
  return latest.body.length > MAX_LENGTH ? `${cutText(latest.body, MAX_LENGTH)}…` : latest.body;
}
