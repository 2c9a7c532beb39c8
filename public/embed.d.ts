// Types of embed.js, for hosts in TypeScript: plain DOM, React, Vue and Angular.

export type OrderStatusEvents = {
  /** The order is on show. */
  'order-status:ready': { v: 1 };
  /** The height that the content asks for, in CSS pixels; with height="auto" the frame follows it. */
  'order-status:height': { height: number };
  /** Messages from the shopper that the customer has not read. */
  'order-status:unread': { count: number };
  /** The chat's messages have been removed, or the link is past its time. */
  'order-status:expired': { what: 'chat' | 'link' };
  /** Mint a new link and set `element.token`. */
  'order-status:token-needed': { reason: 'missing' | 'expired' | 'invalid' };
  /** A code of the API's errors, or no_answer: the frame was blocked or cannot run scripts. */
  'order-status:error': { code: string };
};

export type OrderStatusElement = HTMLElement & {
  /** Of the customer's link. A new one is taken up without reloading the page or the frame. */
  token: string;
};

export type OrderStatusAttributes = {
  token?: string;
  /** `auto` follows the color-scheme of the page around it. */
  theme?: 'auto' | 'light' | 'dark';
  /** BCP 47, such as fr-CA: for times and numbers. */
  locale?: string;
  /** `auto` fits the content; a number of pixels stays, and only the thread scrolls. */
  height?: 'auto' | number | `${number}`;
  loading?: 'eager' | 'lazy';
  /** At least "allow-scripts allow-same-origin allow-popups". */
  sandbox?: string;
  /** Shows the embed check in place of an order. */
  check?: '' | boolean;
};

type Listeners = { [Name in keyof OrderStatusEvents]: CustomEvent<OrderStatusEvents[Name]> };

declare global {
  interface HTMLElementTagNameMap {
    'order-status': OrderStatusElement;
  }
  interface HTMLElementEventMap extends Listeners {}
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'order-status': React.DetailedHTMLProps<
        React.HTMLAttributes<OrderStatusElement>,
        OrderStatusElement
      > &
        OrderStatusAttributes;
    }
  }
}
