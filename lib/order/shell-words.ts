// What the shell and the pages without an order say. Apart from words.ts, because each of those pages
// would carry a copy of it all.

export const shellWords = {
  pageTitle: 'Order status',
  /** In a tab among many. */
  titleWithCount: (n: number, title: string) => `(${n}) ${title}`,
  titleWithStore: (store: string) => `Order status · ${store}`,
  description: 'See how your order is doing.',
  askFirst: 'Your order is one tap away.',
  show: 'Show my order',
  noScript:
    'To show your order, this page needs JavaScript. Please turn it on, or contact the store.',
  blockedFrame: 'Your order cannot be shown inside this page.',
  openInNewTab: 'Open in a new tab',
  support: 'Contact the store',
  unknownPage: 'Page not found',
  unknownPageHint: 'Open the link from your text message to see your order.',
  pageFailed: 'Something went wrong on this page',
  pageFailedHint: 'Your order itself is not affected.',
  reload: 'Reload',
};
