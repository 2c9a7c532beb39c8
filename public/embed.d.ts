// Types of <order-status>, which embed.js defines. For React or Vue also use embed-react.d.ts or
// embed-vue.d.ts, in the same folder.

export type OrderStatusEvents = {
  /** The order is shown. */
  'order-status:ready': { v: 1 };
  /** The height of the content in CSS pixels. With height="auto" the frame has this height. */
  'order-status:height': { height: number };
  /** The number of messages from the shopper that the customer has not read. */
  'order-status:unread': { count: number };
  /** How far the order is. `unknown` may be followed by any other stage. */
  'order-status:stage': {
    stage:
      | 'received'
      | 'assigned'
      | 'shopping'
      | 'packing'
      | 'prepared'
      | 'collected'
      | 'on_the_way'
      | 'ready'
      | 'handing_over'
      | 'done'
      | 'cancelled'
      | 'unknown';
  };
  /** The number of replacements that wait for the customer's decision. */
  'order-status:decide': { count: number };
  /** The chat's messages have been removed, or the link has expired. */
  'order-status:expired': { what: 'chat' | 'link' };
  /** Mint a new link and set `element.token`. */
  'order-status:token-needed': { reason: 'missing' | 'expired' | 'invalid' };
  /** An error code of the API, or no_answer: the frame was blocked or cannot run scripts. */
  'order-status:error': { code: string };
};

/** The events by name, as `addEventListener` passes them. */
export type OrderStatusEventMap = {
  [Name in keyof OrderStatusEvents]: CustomEvent<OrderStatusEvents[Name]>;
};

export type OrderStatusElement = HTMLElement & {
  /** Token of the customer's link. A new one needs no reload of the page or the frame. */
  token: string;
};

export type OrderStatusAttributes = {
  token?: string | undefined;
  /** `auto` uses the color-scheme of the host page. */
  theme?: 'auto' | 'light' | 'dark' | undefined;
  /** Language of the page, a BCP 47 tag such as fr-CA. */
  locale?: string | undefined;
  /**
   * `auto` follows the content. With a number of pixels or a CSS length such as 80vh the height is fixed, and
   * only the thread scrolls. Percentages are not valid: set the height of the element in CSS instead.
   */
  height?: 'auto' | number | `${number}` | `${number}${OrderStatusLengthUnit}` | undefined;
  /** Shows the host's background. Ignored with a `theme` that the text colour of the host does not have. */
  surface?: 'transparent' | undefined;
  /** Lower spacing. A frame of less than 480 px of height has it anyway. */
  density?: 'compact' | undefined;
  /** Radius of boxes, bubbles and buttons in pixels, at most 32. */
  radius?: number | `${number}` | `${number}px` | undefined;
  /** Families of CSS that are installed on the device, for example "Georgia, serif". The frame fetches no font. */
  font?: string | undefined;
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
  // The events bubble, so they are events of elements, document and window.
  interface GlobalEventHandlersEventMap extends OrderStatusEventMap {}
}
