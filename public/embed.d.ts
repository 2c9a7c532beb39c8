// Types of <order-status>, which embed.js defines. For React and Vue take embed-react.d.ts or
// embed-vue.d.ts as well, and keep the files in one folder.

export type OrderStatusEvents = {
  /** The order is shown. */
  'order-status:ready': { v: 1 };
  /** The height of the content, in CSS pixels. With height="auto" the frame follows it. */
  'order-status:height': { height: number };
  /** Messages from the shopper that the customer has not read. */
  'order-status:unread': { count: number };
  /** The chat's messages have been removed, or the link has expired. */
  'order-status:expired': { what: 'chat' | 'link' };
  /** Mint a new link and set `element.token`. */
  'order-status:token-needed': { reason: 'missing' | 'expired' | 'invalid' };
  /** A code of the API's errors, or no_answer: the frame was blocked or cannot run scripts. */
  'order-status:error': { code: string };
};

/** The events by name, as `addEventListener` passes them on. */
export type OrderStatusEventMap = {
  [Name in keyof OrderStatusEvents]: CustomEvent<OrderStatusEvents[Name]>;
};

export type OrderStatusElement = HTMLElement & {
  /** Token of the customer's link. A new one needs no reload of the page or the frame. */
  token: string;
};

export type OrderStatusAttributes = {
  token?: string | undefined;
  /** `auto` follows the color-scheme of the page around it. */
  theme?: 'auto' | 'light' | 'dark' | undefined;
  /** BCP 47, such as fr-CA: for times and numbers. */
  locale?: string | undefined;
  /**
   * `auto` fits the content. A number of pixels or a CSS length such as 80vh is kept, and only the
   * thread scrolls. A percentage is none: give the element a height in CSS instead.
   */
  height?: 'auto' | number | `${number}` | `${number}${OrderStatusLengthUnit}` | undefined;
  loading?: 'eager' | 'lazy' | undefined;
  /** At least "allow-scripts allow-same-origin allow-popups". */
  sandbox?: string | undefined;
  /** Shows the embed check instead of an order. */
  check?: '' | boolean | undefined;
};

export type OrderStatusLengthUnit = 'px' | 'em' | 'rem' | 'vh' | 'dvh' | 'lvh' | 'svh';

declare global {
  interface HTMLElementTagNameMap {
    'order-status': OrderStatusElement;
  }
  // Of elements, document and window: the events bubble.
  interface GlobalEventHandlersEventMap extends OrderStatusEventMap {}
}
