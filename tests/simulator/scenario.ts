import type { OrderChanges } from './order-changes';
import type { Script } from './order-script';

/** An order that exists when the simulator starts. `orderId` is the id in its link. */
export type Scenario = {
  orderId: string;
  summary: string;
  source:
    | { kind: 'script'; script: Script }
    | {
        kind: 'text';
        compose: (nowMs: number, pictureBase: string) => string;
        order?: OrderChanges;
      }
    | { kind: 'shopper-info-removed'; script: Script };
};

export function toScenario(orderId: string, summary: string, script: Script): Scenario {
  return { orderId, summary, source: { kind: 'script', script } };
}
