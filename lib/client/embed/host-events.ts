import type { OrderView } from '@/lib/order/order-view';
import type { ProblemCode } from '@/lib/order/problem';
import { countUnread } from '@/lib/order/thread';

/** Events for the host page, without names, texts and ids. embed.js reads the field of each event. */
export type HostEvents = {
  ready: Record<never, never>;
  height: { height: number };
  unread: { count: number };
  expired: { what: 'chat' | 'link' };
  'token-needed': { reason: 'expired' | 'invalid' };
  error: { code: ProblemCode };
};

type State = { view?: OrderView | undefined; problem?: ProblemCode | undefined };

/** All events of the current state, in the order in which they are posted. */
export function toHostEvents({ view, problem }: State): Partial<HostEvents> {
  if (view) {
    const { state, messages } = view.chat;
    return {
      ready: {},
      unread: { count: countUnread(messages) },
      ...(state === 'expired' && { expired: { what: 'chat' } }),
    };
  }
  if (problem === 'link_expired')
    return { expired: { what: 'link' }, 'token-needed': { reason: 'expired' } };
  if (problem === 'link_invalid') return { 'token-needed': { reason: 'invalid' } };
  return problem ? { error: { code: problem } } : {};
}
