// Copy of items and replacements. It is loaded after the first view of the order, as the components that show it.

import type { ItemState } from '@/lib/order/order-view';
import { createPlural } from '@/lib/order/copy/intl';

const plural = createPlural<'one' | 'other'>('en-US');

const groups: Record<ItemState, string> = {
  decide: 'Needs your answer',
  replaced: 'Replaced',
  refunded: 'Refunded',
  found: 'Found',
  to_shop: 'Still to shop',
  other: 'Other items',
};

const counted: Record<ItemState, (n: number) => string> = {
  decide: (n) => `${n} to decide`,
  replaced: (n) => `${n} replaced`,
  refunded: (n) => `${n} refunded`,
  found: (n) => `${n} found`,
  to_shop: (n) => `${n} to shop`,
  other: (n) => `${n} other`,
};

const changed: Record<ItemState, (name: string) => string> = {
  decide: (name) => `A replacement for ${name} needs your answer`,
  replaced: (name) => `${name} was replaced`,
  refunded: (name) => `${name} is refunded`,
  found: (name) => `${name} was found`,
  to_shop: (name) => `${name} is still to be shopped`,
  other: (name) => `${name} has changed`,
};

export const itemCopy = {
  label: 'Items',
  groups,
  counted,
  changed,
  changedCount: (n: number) => plural(n, { one: 'item has changed', other: 'items have changed' }),
  updated: 'Updated',
  insteadOf: 'instead of',
  offered: 'Offered instead:',
};

export const decisionCopy = {
  title: 'Keep this replacement?',
  position: (n: number, of: number) => `${n} of ${of}`,
  ordered: 'You ordered',
  offered: 'Offered instead',
  notOffered: 'Something else',
  keep: 'Keep it',
  refund: 'Refund it',
  undo: 'Undo',
  next: 'Next',
  ok: 'OK',
  inThread: (name: string) => `Offered instead: ${name}`,
  review: 'Review',
  readOnly: 'Only the person who placed the order can decide.',
  chosen: { approve: 'You keep it.', refund: 'You get a refund.' },
  queued: 'You are offline. Your answer is sent when you are back.',
  sending: 'Sending your answer…',
  kept: 'Kept. Your shopper knows.',
  refunded: 'Refunded. Your shopper knows.',
  already: {
    kept: 'Already decided: it is kept.',
    refunded: 'Already decided: it is refunded.',
    toShop: 'No answer is needed now: your shopper is looking for this item again.',
    open: 'This has been decided already.',
  },
  tooLate: {
    kept: 'Too late: the shopper has paid, and it is kept.',
    refunded: 'Too late: the shopper has paid, and it is refunded.',
    toShop: 'Too late: the shopper has paid.',
    open: 'Too late: the shopper has paid.',
  },
  gone: 'This item is no longer part of the order.',
  failed: 'Your answer was not sent. Please choose again.',
  unconfirmed:
    'We do not know whether your answer arrived. Choose again in a minute, or write to your shopper.',
  offerChanged: 'Your shopper now offers something else. Please choose again.',
  otherOffer: 'Your shopper had just changed the offer. Your answer counted for this one.',
  slowDown: 'Too many answers at once. Please choose again in a moment.',
  linkOver: 'This link does not work any more, so your answer was not sent.',
  announce: {
    asked: (ordered: string, offered: string) =>
      `Your answer is needed. ${ordered}: keep ${offered} instead, or refund it?`,
    undoable: (text: string) => `${text} You can undo this for five seconds.`,
  },
};

export type ItemsCopy = { itemCopy: typeof itemCopy; decisionCopy: typeof decisionCopy };
