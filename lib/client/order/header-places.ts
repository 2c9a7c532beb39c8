// Ids of elements of the store's header, which the server renders without knowing the order.

/** The empty element that gets the order's number. */
export const ORDER_NUMBER_ID = 'order-number';
/** The text in place of the name of a store without one, in the same languages as the next. */
export const TITLE_TEXT_ID = 'title-text';
/** The name of the link to the store's help, in the language of the HTML until the copy of another has loaded. */
export const SUPPORT_TEXT_ID = 'support-text';
