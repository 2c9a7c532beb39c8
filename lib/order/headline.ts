import type { OrderCopy } from './copy/en-US/order-page';
import { findShopper, type OrderProgress, type People } from './order-view';

/** A latest update with more UTF-16 units is set in smaller type. */
export const LONG_HEADLINE_LENGTH = 60;
/** A longer name, in UTF-16 units, would take more than the one line that the headline has on a phone. */
export const MAX_HEADLINE_NAME_LENGTH = 18;

/** `toSentence` builds the sentence around `value`, a name whose text direction is not known. */
export type Headline = { text: string } | { toSentence: (value: string) => string; value: string };

/** The stage in words. Undefined if the stage is not known: the latest update is the headline then. */
export function toHeadline(
  { type, stage }: Pick<OrderProgress, 'type' | 'stage'>,
  people: People,
  copy: OrderCopy,
): Headline | undefined {
  if (stage === 'unknown') return undefined;
  const toSentence = copy.status.namedHeadlines[stage];
  const name = findShopper(people, people.currentShopperId)?.name;
  if (toSentence && name && name.length <= MAX_HEADLINE_NAME_LENGTH)
    return { toSentence, value: name };
  const isPickedUp = stage === 'done' && type === 'pickup';
  return { text: isPickedUp ? copy.status.pickedUp : copy.status.headlines[stage] };
}
