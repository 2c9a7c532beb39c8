import type { Script } from './order-script';

/** An order that exists when the simulator starts. `orderId` is the id in its link. */
export type Scenario = {
  orderId: string;
  summary: string;
  plays:
    | { kind: 'script'; script: Script }
    | { kind: 'text'; compose: (nowMs: number, pictureBase: string) => string }
    | { kind: 'shopper-info-removed'; script: Script };
};
