import type { Message, OrderView } from './order-view';
import { isOver } from './stages';

// Question marks of Latin, Greek, Arabic, Armenian, Ethiopic and East Asian scripts.
const QUESTION_MARK = /[?\u037e\u061f\u055e\u1367\uff1f]/;

/**
 * Whether the shopper's newest message asks something: with a question mark, by sending a picture, or about a replacement
 * that waits for a decision.
 */
export function asksForAnswer({ order, items }: OrderView, last: Message | undefined): boolean {
  if (last?.from !== 'shopper' || (order && isOver(order.stage))) return false;
  const hasPicture = last.imageUrl !== undefined || last.imageWithheld === true;
  return hasPicture || QUESTION_MARK.test(last.body) || (items?.counts.decide ?? 0) > 0;
}
