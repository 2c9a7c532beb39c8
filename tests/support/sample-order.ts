import { QueryClient } from '@tanstack/react-query';
import type { Sending } from '@/components/chat/chat-footer';
import { createOutbox } from '@/lib/client/chat/outbox';
import type {
  Message,
  OrderProgress,
  OrderView,
  People,
  Shopper,
  Update,
} from '@/lib/order/order-view';
import { toSteps } from '@/lib/order/stages';
import type { PageSettings } from '@/lib/order/page-settings';

// Builds small orders: a test sets the fields that it is about, and all others have fixed values.

export const zelma: Shopper = { id: 'z', name: 'Zelma' };
export const amida: Shopper = { id: 'a', name: 'Amida' };

export const people: People = {
  customer: { name: 'John' },
  shoppers: [zelma, amida],
  currentShopperId: 'z',
};

/** A time on Friday, November 20, 2026, in the time zone of the tests. */
export function at(clock: string, day = '2026-11-20'): string {
  return new Date(`${day}T${clock}:00-06:00`).toISOString();
}

let nextId = 1;

export function fromShopper(body: string, more: Partial<Message> = {}): Message {
  return {
    id: String(nextId++),
    at: at('14:41'),
    from: 'shopper',
    shopperId: 'z',
    body,
    read: false,
    ...more,
  };
}

export function fromCustomer(body: string, more: Partial<Message> = {}): Message {
  return { id: String(nextId++), at: at('14:41'), from: 'customer', body, read: false, ...more };
}

export function update(body: string, more: Partial<Update> = {}): Update {
  return { id: `u${nextId++}`, at: at('14:00'), body, media: ['sms'], ...more };
}

export function order(chat: Partial<OrderView['chat']> = {}, more: Partial<OrderView> = {}) {
  const view: OrderView = {
    chat: { state: 'open', messages: [], canReply: true, ...chat },
    updates: [],
    people,
    access: 'full',
    asOf: at('15:00'),
    stale: false,
    pollAfterMs: 10_000,
    ...more,
  };
  return view;
}

/** The progress of an order, with the steps of its stage. */
export function progress(more: Partial<OrderProgress> = {}): OrderProgress {
  const { type = 'delivery', stage = 'shopping' } = more;
  return { type, stage, steps: toSteps(type, stage), isLate: false, ...more };
}

export const again = { onSendAgain: () => undefined, onRemove: () => undefined };

/** An empty outbox, which sends nothing. */
export const sending: Sending = {
  outbox: createOutbox(new QueryClient(), 't', {
    now: () => Date.parse(at('15:00')),
    newId: () => 'new',
    onSent: () => undefined,
  }),
  outgoing: [],
  quickReplies: {},
};

export const settings: PageSettings = {
  locale: 'en-US',
  locales: ['en-US', 'fr-CA'],
  storeName: 'Greenfield Market',
  supportUrl: undefined,
  quickReplies: {},
};
