// Types of <order-status> in JSX, for React 18 and 19: import type {} from './embed-react.js'.

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { OrderStatusAttributes, OrderStatusElement, OrderStatusEventMap } from './embed.js';

/** React 19 adds an event listener for a property with the prefix `on`. */
type Listeners = {
  [Name in keyof OrderStatusEventMap as `on${Name}`]?: (event: OrderStatusEventMap[Name]) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'order-status': DetailedHTMLProps<HTMLAttributes<OrderStatusElement>, OrderStatusElement> &
        OrderStatusAttributes &
        Listeners;
    }
  }
}
