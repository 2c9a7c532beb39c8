// Types of <order-status> in Vue's templates: import type {} from './embed-vue.js'.

import type { HTMLAttributes } from 'vue';
import type { OrderStatusAttributes, OrderStatusElement, OrderStatusEventMap } from './embed.js';

/** Vue's templates and render functions listen by a property with `on` before the name. */
type Listeners = {
  [Name in keyof OrderStatusEventMap as `on${Capitalize<Name>}`]?: (
    event: OrderStatusEventMap[Name],
  ) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'order-status': new () => OrderStatusElement & {
      /** For the type checker alone: what a template may write. The element has no such property. */
      $props: HTMLAttributes & OrderStatusAttributes & Listeners;
    };
  }
}
