// All copy of the order itself. The copy of the page around it is in shell.ts.

import { createPlural, formatNumber } from '@/lib/order/copy/intl';
import type { Locale } from '@/lib/order/copy/locales';
import type { ShownProblemCode } from '@/lib/order/problem';
import type { Stage } from '@/lib/order/stages';

const LOCALE = 'en-US';
const plural = createPlural<'one' | 'other'>(LOCALE);

const language: { locale: Locale; direction: 'ltr' | 'rtl' } = { locale: LOCALE, direction: 'ltr' };

const problems: Record<ShownProblemCode, { title: string; message: string }> = {
  link_invalid: {
    title: 'This link does not work',
    message:
      'It may be incomplete. Open it again straight from your text message, or ask the store for a new one.',
  },
  link_expired: {
    title: 'This link has expired',
    message: 'Links work for a limited time to protect your privacy. Ask the store for a new one.',
  },
  order_not_found: {
    title: 'We cannot find this order',
    message: 'It may have been removed. The store can tell you more.',
  },
  slow_down: {
    title: 'One moment',
    message: 'Too many requests. The page will try again shortly.',
  },
  upstream_invalid: {
    title: 'Your order cannot be shown right now',
    message: 'We received an answer that we cannot read. We are trying again.',
  },
  upstream_unavailable: {
    title: 'Your order cannot be shown right now',
    message: 'The order service is not answering. Your order itself is not affected.',
  },
  upstream_timeout: {
    title: 'Your order cannot be shown right now',
    message: 'The order service is taking too long. Your order itself is not affected.',
  },
};

/** Headlines without a name. `unknown` has none: the latest update is the headline then. */
const headlines: Record<Exclude<Stage, 'unknown'>, string> = {
  received: 'We have your order',
  assigned: 'A shopper has your order',
  shopping: 'Your order is being shopped',
  packing: 'Your order is being packed',
  prepared: 'Your order is packed',
  collected: 'Your order is leaving the store',
  ready: 'Ready for pickup',
  handing_over: 'The store knows you are here',
  on_the_way: 'Your order is on the way',
  done: 'Delivered',
  cancelled: 'Your order was canceled',
};

const namedHeadlines: Partial<Record<Stage, (name: string) => string>> = {
  assigned: (name) => `${name} will shop your order`,
  shopping: (name) => `${name} is shopping your order`,
  packing: (name) => `${name} is packing your order`,
  on_the_way: (name) => `${name} is on the way`,
};

const steps: Partial<Record<Stage, string>> = {
  received: 'Placed',
  shopping: 'Shopping',
  packing: 'Packed',
  prepared: 'Packed',
  ready: 'Ready',
  on_the_way: 'On the way',
  done: 'Delivered',
};

export const copy = {
  ...language,
  title: (store: string) => (store ? `Order status · ${store}` : 'Order status'),
  support: 'Contact the store',
  loading: 'Loading your order…',
  retryNow: 'Try again now',
  retryIn: (seconds: number) =>
    `Trying again in ${plural(seconds, { one: 'second', other: 'seconds' })}`,
  retrying: 'Trying again…',
  problems,

  today: 'Today',
  yesterday: 'Yesterday',
  yesterdayAt: (time: string) => `Yesterday, ${time}`,
  justNow: 'just now',
  tomorrow: 'Tomorrow',
  status: {
    label: 'Status',
    headlines,
    namedHeadlines,
    pickedUp: 'Picked up',
    nothingYet: 'Your order is in',
    nothingYetHint: 'The first update will show here.',
    notShared: 'How far it is cannot be shown right now.',
    latest: (update: string) => `Latest: ${update}`,
    number: (number: string) => `Order ${number}`,
    progress: 'Progress',
    steps,
    stepDone: 'done',
    stepNext: 'not yet',
    checked: (age: string) => `checked ${age}`,
    checkAgain: 'Check again',
  },
  window: {
    arrives: (when: string) => `Arrives ${when}`,
    pickup: (when: string) => `Pickup ${when}`,
    pickupUntil: (when: string) => `Pick up by ${when}`,
    late: (when: string) => `Running late, planned ${when}`,
    pickupEnded: (when: string) => `Pickup time ended at ${when}`,
    range: (day: string, hours: string) => `${day}, ${hours}`,
    /** A time of a near day, within a sentence. */
    at: (day: string, time: string) => `${time} ${day}`,
    messagesUntil: (when: string) => `Chat stays until about ${when}`,
  },
  sections: {
    label: 'Sections',
    pickup: 'Pickup',
    chat: 'Chat',
    items: 'Items',
    updates: 'Updates',
    count: (n: number) => plural(n, { one: 'new message', other: 'new messages' }),
    decide: (n: number) => `${formatNumber(n, LOCALE)} to decide`,
  },
  waiting: {
    title: 'Next: a shopper takes your order',
    hint: 'You get a text message when shopping starts. Then you can chat here.',
  },
  ending: {
    problem: 'Something wrong with your order?',
    cancelled: 'Questions about the cancellation?',
    photo: 'Photo of your delivery',
  },
  /** The store's Connect account returns no messages and no updates, so there is nothing to wait for. */
  nothingShown: {
    title: 'This store does not show shopper messages',
    message:
      'Live updates are not shown here either. The store can tell you how your order is doing.',
  },
  updates: {
    label: 'Updates',
    none: 'No updates yet.',
    sentBy: (media: string) => `Sent by ${media}`,
    photo: (time: string) => `Photo with the update of ${time}`,
    media: {
      sms: 'text',
      push: 'app',
      email: 'email',
      call: 'call',
      in_app_message: 'in-app message',
    } satisfies Record<string, string>,
    otherMedium: 'another way',
  },
  chat: {
    label: 'Messages',
    labelWith: (name: string) => `Messages with ${name}`,
    thread: 'Message thread',
    newFromHere: 'New',
    you: 'You',
    someone: 'Your shopper',
    handover: (name: string) => `${name} now has your order`,
    showEarlier: (n: number) => `Show earlier messages (${formatNumber(n, LOCALE)})`,
    showMore: 'Show the whole message',
    newMessages: (n: number) => plural(n, { one: 'new message', other: 'new messages' }),
    unreadable: (n: number) =>
      `${plural(n, { one: 'message', other: 'messages' })} cannot be shown here.`,
    seen: 'Seen',
    seenAt: (time: string) => `Seen ${time}`,
    photoFrom: (name: string, time: string) => `Photo from ${name}, ${time}`,
    photoByYou: (time: string) => `Photo from you, ${time}`,
    openPhoto: (photo: string) => `Open ${photo}`,
    photoFailed: 'The photo could not be loaded',
    photoWithheld: 'This photo cannot be shown here',
    photoUnsupported: 'This photo’s format cannot be shown here',
    photoRetry: 'Load again',
    photoInNewTab: 'Open photo',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    close: 'Close',
    noMessagesYet: 'No messages yet',
    noMessagesYetHint: 'Messages between you and your shopper will appear here.',
    yourShopper: 'your shopper',
    mayNotAnswer: (name: string) => `${name} may not answer while driving.`,
    expired: 'This chat has expired',
    expiredHint:
      'To protect your privacy, messages are removed 24 hours after an order is delivered or canceled. Your order’s updates are still here.',
    unavailableHint: 'This store does not show messages with shoppers. Updates come by text.',
    sharedHint:
      'This link shows where the order is. Its messages stay with the person who placed it.',
    readOnly: 'You are following this order. Only the person who placed it can answer.',
  },
  composer: {
    label: 'Message to your shopper',
    labelWith: (name: string) => `Message to ${name}`,
    placeholder: 'Write a message',
    placeholderWith: (name: string) => `Message ${name}`,
    offline: 'You are offline. Messages are sent when you are back.',
    behind: 'Updates are delayed right now. Messages may take longer.',
    send: 'Send',
    left: (n: number) => `${plural(n, { one: 'character', other: 'characters' })} left`,
    over: (n: number) => `${plural(n, { one: 'character', other: 'characters' })} too long`,
    tooLong: 'The message is too long',
    quickRepliesLabel: 'Quick answers',
    /** Used unless the setting QUICK_REPLIES has others. */
    quickReplies: [
      'Yes, that works',
      'No, please refund it',
      'Whatever you think is best',
      'Please call me',
      'Thank you!',
    ],
    closed:
      'This chat isn’t accepting messages right now. You can reply to the text message from your shopper.',
  },
  delivery: {
    queued: 'Waiting to be sent',
    sending: 'Sending…',
    sent: 'Sent',
    failed: 'Not sent.',
    tooMany: 'Not sent: too many messages at once.',
    unconfirmed: 'Not confirmed: it may have arrived.',
    tryAgain: 'Try again',
    sendAgain: 'Send again',
    remove: 'Delete',
  },
  connection: {
    offline: 'You are offline.',
    reconnecting: 'Reconnecting',
  },
  announce: {
    message: (name: string, body: string) => `${name}: ${body}`,
    withPhoto: (message: string) => `${message} (with a photo)`,
    photo: (name: string) => `${name} sent a photo`,
    messages: (n: number) => plural(n, { one: 'new message', other: 'new messages' }),
    update: (body: string) => `Update: ${body}`,
    updates: (n: number) => plural(n, { one: 'new update', other: 'new updates' }),
    expired: 'The messages of this order have been removed.',
    late: 'Your order is running late',
    sent: 'Message sent',
    failed: 'Message not sent',
    unconfirmed: 'Message not confirmed',
  },
};

/** A catalogue of the order page; this one is the model of all others. */
export type OrderCopy = typeof copy;
