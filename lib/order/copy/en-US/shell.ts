// Copy that only the server renders: the page before and without an order.

export const shellCopy = {
  description: 'See how your order is doing.',
  tapToViewHint: 'Your order is one tap away.',
  showOrder: 'Show my order',
  noScript:
    'To show your order, this page needs JavaScript. Please turn it on, or contact the store.',
  blockedFrame: 'Your order cannot be shown inside this page.',
  openInNewTab: 'Open in a new tab',
  unknownPage: 'Page not found',
  unknownPageHint: 'Open the link from your text message to see your order.',
  /** The page after an error that it cannot recover from. */
  failed: {
    title: 'Something went wrong on this page',
    hint: 'Your order itself is not affected.',
    reload: 'Reload',
  },
};

export type ShellCopy = typeof shellCopy;
