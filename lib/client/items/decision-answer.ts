import type { ItemLine } from '@/lib/order/order-view';

/**
 * The answer to a decision. `gone`: the order has no such item. `link_over`: the link may not decide any more.
 * `not_sent`: nothing was decided. `unconfirmed`: it is not known. `line`: the line as it now is, if it could be read.
 */
export type DecisionAnswer =
  | { kind: 'decided' | 'already' | 'too_late'; line?: ItemLine | undefined }
  | { kind: 'gone' | 'link_over' | 'slow_down' | 'not_sent' | 'unconfirmed' };
