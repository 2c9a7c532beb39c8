// What the shell and the pages without an order say. Apart from words.ts, and one constant each, because
// every such page would carry a copy of it all.

export const pageTitle = 'Order status';
/** In a tab among many. */
export const titleWithCount = (n: number, title: string) => `(${n}) ${title}`;
export const titleWithStore = (store: string) => `Order status · ${store}`;
export const description = 'See how your order is doing.';
export const askFirst = 'Your order is one tap away.';
export const show = 'Show my order';
export const noScript =
  'To show your order, this page needs JavaScript. Please turn it on, or contact the store.';
export const blockedFrame = 'Your order cannot be shown inside this page.';
export const openInNewTab = 'Open in a new tab';
export const support = 'Contact the store';
export const unknownPage = 'Page not found';
export const unknownPageHint = 'Open the link from your text message to see your order.';
/** Where QUICK_REPLIES says nothing else. */
export const quickReplies = [
  'Yes, that works',
  'No, please refund it',
  'Whatever you think is best',
  'Please call me',
  'Thank you!',
];
