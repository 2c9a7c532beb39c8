import type { CallFilter } from './calls';
import type { SimulatorControl } from './control';
import type { Fault } from './faults';
import type { ItemChanges, ItemLine } from './item-line';
import type { OrderChanges, OrderWindow } from './order-changes';
import type { OrderEvent } from './order-events';
import type { Addition } from './addition';
import type { NewOrder } from './orders';
import { jsonReply, type Reply } from './replies';

export const controlPrefix = '/__simulator/';

/** The JSON body of `POST /__simulator/{verb}` for each verb. */
export type ControlInputs = {
  fault: Fault;
  'clear-faults': object;
  calls: CallFilter;
  'clear-calls': object;
  advance: { ms: number };
  'advance-order': { orderId: string; ms: number };
  'put-order': { orderId: string } & NewOrder;
  'set-order': { orderId: string } & OrderChanges;
  'set-items': { orderId: string; lines: ItemLine[] };
  'set-item': { orderId: string; itemId: string; changes: ItemChanges };
  decisions: { orderId: string };
  'advance-state': { orderId: string; state?: string };
  'simulate-event': { orderId: string; event: OrderEvent; window?: OrderWindow };
  'remove-order': { orderId: string };
  'add-message': { orderId: string } & Addition;
  'mark-read': { orderId: string; messageId?: number; from?: 'user' | 'driver' };
  'chat-texts': { orderId: string };
  'expire-tokens': object;
  reset: object;
};

export type ControlVerb = keyof ControlInputs;

type Verbs = { [V in ControlVerb]: (input: ControlInputs[V]) => unknown };

export function createControlRoutes(control: SimulatorControl) {
  const verbs: Verbs = {
    fault: control.fault,
    'clear-faults': control.clearFaults,
    calls: (filter) => control.calls(filter),
    'clear-calls': control.clearCalls,
    advance: ({ ms }) => control.advance(ms),
    'advance-order': ({ orderId, ms }) => control.advanceOrder(orderId, ms),
    'put-order': ({ orderId, ...order }) => control.putOrder(orderId, order),
    'set-order': ({ orderId, ...changes }) => control.setOrder(orderId, changes),
    'set-items': ({ orderId, lines }) => control.setItems(orderId, lines),
    'set-item': ({ orderId, itemId, changes }) => control.setItem(orderId, itemId, changes),
    decisions: ({ orderId }) => control.decisions(orderId),
    'advance-state': ({ orderId, state }) => control.advanceState(orderId, state),
    'simulate-event': ({ orderId, event, window }) => control.simulateEvent(orderId, event, window),
    'remove-order': ({ orderId }) => control.removeOrder(orderId),
    'add-message': ({ orderId, ...addition }) => control.addMessage(orderId, addition),
    'mark-read': ({ orderId, messageId, from }) => control.markRead(orderId, messageId, from),
    'chat-texts': ({ orderId }) => control.chatTexts(orderId),
    'expire-tokens': control.expireTokens,
    reset: control.reset,
  };
  const byName = new Map<string, (input: never) => unknown>(Object.entries(verbs));

  return function answerControl(verb: string, requestBody: string): Reply {
    const run = byName.get(verb);
    if (!run) return jsonReply(404, { error: `Unknown verb ${verb}` });
    try {
      const result = run(JSON.parse(requestBody || '{}') as never);
      return jsonReply(200, result ?? { ok: true });
    } catch (error) {
      return jsonReply(400, { error: error instanceof Error ? error.message : 'Invalid input' });
    }
  };
}
