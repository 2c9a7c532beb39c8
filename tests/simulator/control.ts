import { filterCalls, type Call, type CallFilter } from './calls';
import type { SimulatorClock } from './clock';
import type { ConnectBody } from './connect-body';
import type { Fault, FaultStore } from './faults';
import type { Decision } from './item-decision';
import type { ItemChanges, ItemLine } from './item-line';
import type { OrderChanges, OrderWindow } from './order-changes';
import type { OrderEvent } from './order-events';
import type { Addition } from './addition';
import type { NewOrder, OrderStore } from './orders';
import type { TokenStore } from './tokens';

export type SimulatorControl = ReturnType<typeof createControl>;

export type ControlParts = {
  clock: SimulatorClock;
  tokens: TokenStore;
  orders: OrderStore;
  faults: FaultStore;
  calls: Call[];
};

/** The functions with which a test controls the simulator, in its process and over HTTP. */
export function createControl({ clock, tokens, orders, faults, calls }: ControlParts) {
  return {
    fault: (fault: Fault): void => {
      faults.add(fault);
    },
    clearFaults: (): void => {
      faults.clear();
    },
    calls: (filter?: CallFilter): Call[] => filterCalls(calls, filter),
    clearCalls: (): void => {
      calls.length = 0;
    },
    /** Moves the clock of the simulator. `advanceOrder` moves the time of one order. */
    advance: (ms: number): void => {
      clock.advance(ms);
    },
    advanceOrder: (orderId: string, ms: number): void => {
      orders.advance(orderId, ms);
    },
    putOrder: (orderId: string, order: NewOrder): void => {
      orders.put(orderId, order);
    },
    /** Changes the answer of `GET …/orders/{order_id}`, independent of the messages of the order. */
    setOrder: (orderId: string, changes: OrderChanges): void => {
      orders.change(orderId, changes);
    },
    /** Replaces all lines of an order. */
    setItems: (orderId: string, lines: ItemLine[]): void => {
      orders.setItems(orderId, lines);
    },
    /** Changes one line, as the shopper does, or the customer by text message. */
    setItem: (orderId: string, itemId: string, changes: ItemChanges): void => {
      orders.changeItem(orderId, itemId, changes);
    },
    /** The decisions of the customer that Connect has accepted, oldest first. */
    decisions: (orderId: string): Decision[] => orders.decisionsOf(orderId),
    /** Puts an order into the next state of its type or into `state`, with the notice of the state. */
    advanceState: (orderId: string, state?: string): string => orders.advanceState(orderId, state),
    /** An event outside the sequence of states, with its notice. */
    simulateEvent: (orderId: string, event: OrderEvent, window?: OrderWindow): void => {
      orders.simulateEvent(orderId, event, window);
    },
    removeOrder: (orderId: string): void => {
      orders.remove(orderId);
    },
    addMessage: (orderId: string, addition: Addition): void => {
      orders.add(orderId, addition);
    },
    markRead: (orderId: string, messageId?: number, from?: 'user' | 'driver'): void => {
      orders.markRead(orderId, messageId, from);
    },
    /** The current texts of the chat. */
    chatTexts: (orderId: string): string[] => {
      const { chat_messages } = JSON.parse(orders.read(orderId) ?? '{}') as Partial<ConnectBody>;
      return (chat_messages ?? []).map(({ body }) => body);
    },
    expireTokens: (): void => {
      tokens.expireAll();
    },
    /** Restores the initial state, except for the clock. */
    reset: (): void => {
      faults.clear();
      tokens.expireAll();
      orders.reset();
      calls.length = 0;
    },
  };
}
