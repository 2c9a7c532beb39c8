import { dayMs, minuteMs, type SimulatorClock } from './clock';
import type { ConnectBody, ConnectChatMessage } from './connect-body';
import { createDecisions } from './item-decision';
import type { ItemChanges, ItemLine } from './item-line';
import { composeOrderBody, hasExpired, isChatOpen, type OrderRun } from './order-body';
import type { Script, Step } from './order-script';
import type { OrderChanges, OrderWindow } from './order-changes';
import { toAddedStep, type Addition } from './addition';
import { composeOrderDetails, findVehicle } from './order-details';
import { composeItems, listItems } from './order-items';
import { createPickups } from './order-pickup';
import { toEventSteps, type OrderEvent } from './order-events';
import { demoUserId } from './people';
import { markStepsRead } from './read-marks';
import { findScenario } from './scenarios';
import { findNextState, listFulfillmentTypes, toStateSteps } from './state-machine';
import { createOrderStarter, type StoredOrder } from './stored-order';
import { isTextOpen, markTextRead, toImpliedSteps } from './text-order';

/** `body` is an object, or text that is served byte for byte. `script` contains steps in time. */
export type NewOrder = { userId?: string } & (
  | { body: unknown }
  /** With `shopperInfoRemoved`, messages are refused and the order is readable. */
  | { script: Script; shopperInfoRemoved?: boolean }
);

export type { Addition };

export type OrderStore = ReturnType<typeof createOrderStore>;

export function createOrderStore(clock: SimulatorClock, pictureBase: () => string) {
  const added = new Map<string, { userId: string; start: () => StoredOrder }>();
  const started = new Map<string, StoredOrder>();
  const { startRun, startScript, startText } = createOrderStarter(clock, pictureBase);
  let nextAddedId = 900_000_000;

  function find(orderId: string) {
    const own = added.get(orderId);
    if (own) return own;
    const scenario = findScenario(orderId);
    if (!scenario) return undefined;
    const { source } = scenario;
    return {
      userId: demoUserId,
      start: (): StoredOrder => {
        if (source.kind === 'text')
          return startText(orderId, source.compose(clock.nowMs(), pictureBase()), source.order);
        return startScript(orderId, source.script, source.kind === 'shopper-info-removed');
      },
    };
  }

  /** Returns an order. Its time starts with the first request. */
  function open(orderId: string): StoredOrder {
    const found = find(orderId);
    if (!found) throw new Error(`The simulator has no order ${orderId}`);
    const order = started.get(orderId) ?? found.start();
    started.set(orderId, order);
    if (order.leapAtMs !== undefined) {
      const { time } = order.run;
      if (time.elapsedMs(clock.nowMs()) >= order.leapAtMs) {
        time.leap(order.leapAtMs, dayMs + minuteMs);
        order.leapAtMs = undefined;
      }
    }
    return order;
  }

  function read(orderId: string): string | undefined {
    const order = open(orderId);
    if (order.kind === 'shopper-info-removed') return undefined;
    return order.kind === 'text'
      ? order.text
      : JSON.stringify(composeOrderBody(order.run, clock.nowMs()));
  }

  function append(orderId: string, toStep: (elapsedMs: number) => Step): ConnectBody {
    const order = open(orderId);
    const nowMs = clock.nowMs();
    if (order.kind !== 'text') {
      order.run.steps.push(toStep(order.run.time.elapsedMs(nowMs)));
      return composeOrderBody(order.run, nowMs);
    }
    const body = JSON.parse(order.text) as ConnectBody;
    const addition = composeOrderBody(
      {
        ...startRun(orderId, [toStep(0)], 0),
        firstId: (nextAddedId += 10),
      },
      nowMs,
    );
    body.chat_messages.push(...addition.chat_messages);
    body.lifecycle_messages.push(...addition.lifecycle_messages);
    order.text = JSON.stringify(body);
    return body;
  }

  function appendSteps(orderId: string, toSteps: (elapsedMs: number) => Step[]): void {
    const { kind, run } = open(orderId);
    if (kind === 'text')
      throw new Error(`Order ${orderId} has a fixed body: change its state with setOrder`);
    run.steps.push(...toSteps(run.time.elapsedMs(clock.nowMs())));
  }

  function openRun(orderId: string): OrderRun {
    const order = open(orderId);
    const implied = order.kind === 'text' ? toImpliedSteps(order.text) : [];
    return { ...order.run, steps: [...implied, ...order.run.steps] };
  }

  function readDetails(orderId: string): Record<string, unknown> {
    return composeOrderDetails(orderId, openRun(orderId), clock.nowMs());
  }

  function pushStep(orderId: string, toStep: (atMs: number) => Step): void {
    const { run } = open(orderId);
    run.steps.push(toStep(run.time.elapsedMs(clock.nowMs())));
  }

  const decisions = createDecisions({
    findLine: (orderId, itemId) =>
      listItems(openRun(orderId), clock.nowMs()).find(({ id }) => id === itemId),
    readState: (orderId) => readDetails(orderId).workflow_state,
    changeItem: (orderId, itemId, changes) =>
      pushStep(orderId, (atMs) => ({ kind: 'item', atMs, itemId, changes })),
  });
  const change = (orderId: string, changes: OrderChanges) =>
    pushStep(orderId, (atMs) => ({ kind: 'order', atMs, changes }));
  const answerPickup = createPickups({
    ...{ readDetails, pictureBase },
    readVehicle: (orderId) => findVehicle(openRun(orderId), clock.nowMs()),
    setVehicle: (orderId, vehicle) => change(orderId, { vehicle }),
    arrive: (orderId) => change(orderId, { state: 'user_at_store' }),
  });

  return {
    ownerOf: (orderId: string) => find(orderId)?.userId,
    read,

    /** Stores a message and returns it, or undefined if Connect rejects messages now. */
    send(orderId: string, body: string): ConnectChatMessage | undefined {
      const order = open(orderId);
      if (order.kind === 'shopper-info-removed') return undefined;
      if (order.kind === 'run' && !isChatOpen(order.run, clock.nowMs())) return undefined;
      if (order.kind === 'text' && !isTextOpen(order.text)) return undefined;
      // The delay until a shopper reads a message is not documented.
      const sent = append(orderId, (atMs) => ({
        kind: 'message',
        from: 'user',
        atMs,
        body,
        readAfterMs: 8_000,
      }));
      return sent.chat_messages.at(-1);
    },

    add(orderId: string, addition: Addition): void {
      append(orderId, (atMs) => toAddedStep(addition, atMs));
    },

    readDetails,

    /** Puts the order into the next state of its type, or into `state`. Returns the new state. */
    advanceState(orderId: string, state?: string): string {
      const { fulfillment_type, workflow_state } = readDetails(orderId);
      const type = listFulfillmentTypes().find((known) => known === fulfillment_type);
      const next = state ?? (type && findNextState(type, workflow_state));
      if (!type || next === undefined)
        throw new Error(`Order ${orderId} has no state after ${JSON.stringify(workflow_state)}`);
      appendSteps(orderId, (atMs) => toStateSteps(type, next, atMs, workflow_state));
      return next;
    },

    simulateEvent(orderId: string, event: OrderEvent, window?: OrderWindow): void {
      appendSteps(orderId, (atMs) => toEventSteps(event, atMs, window));
    },

    change,

    readItems: (orderId: string) => composeItems(openRun(orderId), clock.nowMs()),

    ...{ decide: decisions.answer, decisionsOf: decisions.listAccepted, answerPickup },

    setItems(orderId: string, lines: ItemLine[]): void {
      pushStep(orderId, (atMs) => ({ kind: 'items', atMs, lines }));
    },

    changeItem(orderId: string, itemId: string, changes: ItemChanges): void {
      pushStep(orderId, (atMs) => ({ kind: 'item', atMs, itemId, changes }));
    },

    /** Marks one message of `from`, or all of them, as read by the other side. */
    markRead(orderId: string, messageId?: number, from: 'user' | 'driver' = 'user'): void {
      const order = open(orderId);
      if (order.kind === 'text')
        throw new Error(`Order ${orderId} has a fixed body, so messages cannot be marked as read`);
      markStepsRead(order.run, clock.nowMs(), { from, messageId });
    },

    /** Marks all messages of shoppers as read. Returns their number, or undefined if Connect refuses. */
    markAllRead(orderId: string): number | undefined {
      const order = open(orderId);
      const nowMs = clock.nowMs();
      if (order.kind === 'shopper-info-removed') return undefined;
      if (order.kind === 'run') {
        if (hasExpired(order.run.steps, order.run.time.elapsedMs(nowMs))) return 0;
        return markStepsRead(order.run, nowMs, { from: 'driver' });
      }
      const { text, count } = markTextRead(order.text, nowMs);
      order.text = text;
      return count;
    },

    advance(orderId: string, ms: number): void {
      const order = open(orderId);
      if (order.kind === 'text')
        throw new Error(`Order ${orderId} has a fixed body, so its time cannot be advanced`);
      order.run.time.leap(order.run.time.elapsedMs(clock.nowMs()), ms);
    },

    put(orderId: string, { userId = demoUserId, ...content }: NewOrder): void {
      started.delete(orderId);
      added.set(orderId, {
        userId,
        start: () =>
          'script' in content
            ? startScript(orderId, content.script, content.shopperInfoRemoved)
            : startText(
                orderId,
                typeof content.body === 'string' ? content.body : JSON.stringify(content.body),
              ),
      });
    },

    remove(orderId: string): void {
      added.delete(orderId);
      started.delete(orderId);
    },

    reset(): void {
      decisions.clear();
      added.clear();
      started.clear();
    },
  };
}
