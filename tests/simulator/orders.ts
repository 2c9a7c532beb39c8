import { dayMs, minuteMs, type SimulatorClock } from './clock';
import type { ConnectBody, ConnectChatMessage } from './connect-body';
import { composeOrderBody, hasExpired, isChatOpen, type OrderRun } from './order-body';
import type { Medium, Script, Step } from './order-script';
import { composeOrderDetails, type OrderChanges } from './order-details';
import { createOrderTime } from './order-time';
import { demoUserId, type ShopperKey } from './people';
import { markStepsRead } from './read-marks';
import { findScenario } from './scenarios';
import { isTextOpen, markTextRead, toImpliedSteps } from './text-order';

/** A text is served byte for byte; the steps of its run only set the state of the order. */
type StoredOrder = { run: OrderRun; leapAtMs?: number | undefined } & (
  { kind: 'run' } | { kind: 'text'; text: string } | { kind: 'shopper-info-removed' }
);

/** `body` is an object, or text that is served byte for byte. `script` contains steps in time. */
export type NewOrder = { userId?: string } & (
  | { body: unknown }
  /** With `shopperInfoRemoved`, messages are refused and the order is readable. */
  | { script: Script; shopperInfoRemoved?: boolean }
);

export type Addition =
  | { from: 'user' | 'driver'; body: string; shopper?: ShopperKey; image?: string }
  | { notice: { body: string; media: Medium[]; image?: string } }
  | { handOverTo: ShopperKey }
  | { ended: 'delivered' | 'cancelled' };

export type OrderStore = ReturnType<typeof createOrderStore>;

export function createOrderStore(clock: SimulatorClock, pictureBase: () => string) {
  const added = new Map<string, { userId: string; start: () => StoredOrder }>();
  const started = new Map<string, StoredOrder>();
  let nextAddedId = 900_000_000;

  function find(orderId: string) {
    const own = added.get(orderId);
    if (own) return own;
    const scenario = findScenario(orderId);
    if (!scenario) return undefined;
    const { plays } = scenario;
    return {
      userId: demoUserId,
      start: (): StoredOrder => {
        if (plays.kind === 'text')
          return startText(orderId, plays.compose(clock.nowMs(), pictureBase()));
        return startScript(orderId, plays.script, plays.kind === 'shopper-info-removed');
      },
    };
  }

  function startScript(orderId: string, script: Script, isRemoved = false): StoredOrder {
    const { ageMs, steps, leapAtMs } = script;
    const kind = isRemoved ? 'shopper-info-removed' : 'run';
    return { kind, leapAtMs, run: startRun(orderId, steps, ageMs) };
  }

  function startText(orderId: string, text: string): StoredOrder {
    return { kind: 'text', text, run: startRun(orderId, [], 0) };
  }

  function startRun(orderId: string, steps: Step[], ageMs: number): OrderRun {
    const number = hashOrderId(orderId);
    return {
      connectOrderId: 100_000 + number,
      firstId: 100_000_000 + number * 100_000,
      openedAtMs: clock.nowMs(),
      steps: [...steps],
      time: createOrderTime(clock.nowMs() - ageMs),
      pictureBase: pictureBase(),
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
        connectOrderId: hashOrderId(orderId),
        firstId: (nextAddedId += 10),
      },
      nowMs,
    );
    body.chat_messages.push(...addition.chat_messages);
    body.lifecycle_messages.push(...addition.lifecycle_messages);
    order.text = JSON.stringify(body);
    return body;
  }

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
      append(orderId, (atMs) => toStep(addition, atMs));
    },

    readDetails(orderId: string): Record<string, unknown> {
      const order = open(orderId);
      const implied = order.kind === 'text' ? toImpliedSteps(order.text) : [];
      const run = { ...order.run, steps: [...implied, ...order.run.steps] };
      return composeOrderDetails(orderId, run, clock.nowMs());
    },

    change(orderId: string, changes: OrderChanges): void {
      const { run } = open(orderId);
      run.steps.push({ kind: 'order', atMs: run.time.elapsedMs(clock.nowMs()), changes });
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
      added.clear();
      started.clear();
    },
  };
}

function toStep(addition: Addition, atMs: number): Step {
  if ('notice' in addition) return { kind: 'notice', atMs, ...addition.notice };
  if ('handOverTo' in addition) return { kind: 'shopper', atMs, shopper: addition.handOverTo };
  if ('ended' in addition) return { kind: addition.ended, atMs };
  return { kind: 'message', atMs, ...addition };
}

/** A stable hash of the id, so that numeric ids are the same after a restart. */
function hashOrderId(orderId: string): number {
  let hash = 7;
  for (const letter of orderId) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 20_000;
  return hash;
}
