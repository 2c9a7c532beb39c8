// Types of <order-status> in Vue's templates: import type {} from './embed-vue.js'.

import type { HTMLAttributes } from 'vue';
import type { OrderStatusAttributes, OrderStatusElement, OrderStatusEventMap } from './embed.js';

/** Vue's templates and render functions add an event listener for a property with the prefix `on`. */
type Listeners = {
  [Name in keyof OrderStatusEventMap as `on${Capitalize<Name>}`]?: (
    event: OrderStatusEventMap[Name],
  ) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'order-status': new () => OrderStatusElement & {
      /** The attributes that a template may use. For the type checker only: the element has no such property. */
      $props: HTMLAttributes & OrderStatusAttributes & Listeners;
    };
  }
}
