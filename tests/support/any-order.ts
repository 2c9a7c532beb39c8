import fc from 'fast-check';
import { toTimestamp } from '@/tests/simulator/clock';
import type { Words } from './canary-words';

const count = (max: number) => fc.integer({ min: 0, max });
/** Orders in any state, whose reads may fail. */
export const anyOrders = fc.record({
  shoppers: count(3),
  messages: count(6),
  updates: count(4),
  isExpired: fc.boolean(),
  hasCurrent: fc.boolean(),
  state: fc.constantFrom(
    ...['brand_new', 'picking', 'ready_for_pickup', 'delivering', 'delivered', 'canceled'],
    undefined,
  ),
  isRefused: fc.boolean(),
  fails: fc.constantFrom('never', 'messages', 'order', 'items', 'after a read'),
  isPickup: fc.boolean(),
});
type AnyOrder = typeof anyOrders extends fc.Arbitrary<infer T> ? T : never;

/** Connect's answers for an order, with a word of its own in every field. */
export function composeAnyOrder(
  order: AnyOrder,
  pictures: string,
  nowMs: number,
  { word, number }: Words,
) {
  const list = <T>(length: number, make: (index: number) => T) =>
    Array.from({ length }, (_, i) => make(i));
  const picture = () => `${pictures}/${word('picture')}.jpg?signature=${word('signature')}`;
  const person = () => ({ id: number(), display_name: word('name'), avatar_url: picture() });
  const at = (ageMs: number) => toTimestamp(nowMs - ageMs);
  const shoppers = list(order.shoppers, person);
  const [current] = shoppers;
  return {
    chat_messages: list(order.messages, (index) => ({
      ...{
        id: number(),
        order_id: number(),
        created_at: at(60_000 - index),
        read: index % 2 === 0,
      },
      ...{ recipient_id: number(), recipient_type: 'user', sender_id: shoppers[0]?.id ?? number() },
      ...{ sender_type: index % 3 === 0 ? 'user' : 'driver', body: word('text'), image: picture() },
    })),
    lifecycle_messages: list(order.updates, (index) => ({
      ...{ notification_id: number(), medium: 'sms', created_at: at(120_000 - index) },
      ...{ recipient_phone_number: number(), body: word('notice'), image: picture() },
    })),
    metadata: {
      customer: person(),
      ...(order.hasCurrent && current && { current_shopper: current }),
      shoppers,
      is_expired: order.isExpired,
    },
  };
}
