// Copy of the shell and of pages without an order. Each text is a separate constant, so that a page bundles only the
// texts that it uses.

export const pageTitle = 'Order status';
/** The title of the browser tab with the number of unread messages. */
export const titleWithCount = (n: number, title: string) => `(${n}) ${title}`;
export const titleWithStore = (store: string) => `Order status · ${store}`;
export const description = 'See how your order is doing.';
export const tapToViewHint = 'Your order is one tap away.';
export const showOrder = 'Show my order';
export const noScript =
  'To show your order, this page needs JavaScript. Please turn it on, or contact the store.';
export const blockedFrame = 'Your order cannot be shown inside this page.';
export const openInNewTab = 'Open in a new tab';
export const support = 'Contact the store';
export const unknownPage = 'Page not found';
export const unknownPageHint = 'Open the link from your text message to see your order.';
/** The default of the setting QUICK_REPLIES. */
export const quickReplies = [
  'Yes, that works',
  'No, please refund it',
  'Whatever you think is best',
  'Please call me',
  'Thank you!',
];
