import type { OrderView } from '@/lib/order/order-view';
import type { ProblemCode } from '@/lib/order/problem';
import type { Stage } from '@/lib/order/stages';
import { countUnread } from '@/lib/order/thread';

/** Events for the host page, without names, texts and ids. embed.js reads the field of each event. */
export type HostEvents = {
  ready: Record<never, never>;
  height: { height: number };
  unread: { count: number };
  stage: { stage: Stage };
  /** Number of replacements that wait for the customer's decision. */
  decide: { count: number };
  expired: { what: 'chat' | 'link' };
  'token-needed': { reason: 'expired' | 'invalid' };
  error: { code: ProblemCode };
};

type State = { view?: OrderView | undefined; problem?: ProblemCode | undefined };

/** All events of the current state, in the order in which they are posted. */
export function toHostEvents({ view, problem }: State): Partial<HostEvents> {
  if (view) {
    const { chat, order, items } = view;
    const { state, messages } = chat;
    return {
      ready: {},
      unread: { count: countUnread(messages) },
      ...(order && { stage: { stage: order.stage } }),
      ...(items && { decide: { count: items.counts.decide } }),
      ...(state === 'expired' && { expired: { what: 'chat' } }),
    };
  }
  if (problem === 'link_expired')
    return { expired: { what: 'link' }, 'token-needed': { reason: 'expired' } };
  if (problem === 'link_invalid') return { 'token-needed': { reason: 'invalid' } };
  return problem ? { error: { code: problem } } : {};
}
