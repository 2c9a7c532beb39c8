import { dayMs, minuteMs, type SimulatorClock } from './clock';
import type { ConnectBody, ConnectChatMessage } from './connect-body';
import { composeOrderBody, isChatOpen, toStepId, type OrderRun } from './order-body';
import type { Medium, Script, Step } from './order-script';
import { createOrderTime } from './order-time';
import { demoUserId, type ShopperKey } from './people';
import { findScenario } from './scenarios';

type StoredOrder =
  | { kind: 'run'; run: OrderRun; leapAtMs?: number | undefined }
  | { kind: 'text'; text: string }
  | { kind: 'shopper-info-removed' };

/** `body` is an object, or text that is served byte for byte. `script` contains steps in time. */
export type NewOrder = { userId?: string } & ({ body: unknown } | { script: Script });

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
    const { source } = scenario;
    return {
      userId: demoUserId,
      start: (): StoredOrder => {
        if (source.kind === 'script') return startScript(orderId, source.script);
        if (source.kind === 'text')
          return { kind: 'text', text: source.compose(clock.nowMs(), pictureBase()) };
        return source;
      },
    };
  }

  function startScript(orderId: string, script: Script): StoredOrder {
    const number = hashOrderId(orderId);
    return {
      kind: 'run',
      leapAtMs: script.leapAtMs,
      run: {
        connectOrderId: 100_000 + number,
        firstId: 100_000_000 + number * 100_000,
        steps: [...script.steps],
        time: createOrderTime(clock.nowMs() - script.ageMs),
        pictureBase: pictureBase(),
      },
    };
  }

  /** Returns an order. Its time starts with the first request. */
  function open(orderId: string): StoredOrder {
    const found = find(orderId);
    if (!found) throw new Error(`The simulator has no order ${orderId}`);
    const order = started.get(orderId) ?? found.start();
    started.set(orderId, order);
    if (order.kind === 'run' && order.leapAtMs !== undefined) {
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
    if (order.kind === 'run') {
      order.run.steps.push(toStep(order.run.time.elapsedMs(nowMs)));
      return composeOrderBody(order.run, nowMs);
    }
    if (order.kind !== 'text') throw new Error(`Order ${orderId} has no messages`);
    const body = JSON.parse(order.text) as ConnectBody;
    const addition = composeOrderBody(
      {
        connectOrderId: hashOrderId(orderId),
        firstId: (nextAddedId += 10),
        steps: [toStep(0)],
        time: createOrderTime(nowMs),
        pictureBase: pictureBase(),
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

    /** Marks one message of `from`, or all of them, as read by the other side. */
    markRead(orderId: string, messageId?: number, from: 'user' | 'driver' = 'user'): void {
      const order = open(orderId);
      if (order.kind !== 'run')
        throw new Error(`Order ${orderId} has a fixed body, so messages cannot be marked as read`);
      const elapsedMs = order.run.time.elapsedMs(clock.nowMs());
      order.run.steps = order.run.steps.map((step, index) => {
        const wanted = messageId === undefined || messageId === toStepId(order.run, index);
        if (step.kind !== 'message' || step.from !== from || step.atMs > elapsedMs || !wanted)
          return step;
        const soonestMs = Math.min(step.readAfterMs ?? Infinity, elapsedMs - step.atMs);
        return { ...step, readAfterMs: soonestMs };
      });
    },

    advance(orderId: string, ms: number): void {
      const order = open(orderId);
      if (order.kind !== 'run')
        throw new Error(`Order ${orderId} has a fixed body, so its time cannot be advanced`);
      order.run.time.leap(order.run.time.elapsedMs(clock.nowMs()), ms);
    },

    put(orderId: string, { userId = demoUserId, ...content }: NewOrder): void {
      started.delete(orderId);
      added.set(orderId, {
        userId,
        start: () =>
          'script' in content
            ? startScript(orderId, content.script)
            : {
                kind: 'text',
                text:
                  typeof content.body === 'string' ? content.body : JSON.stringify(content.body),
              },
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

function isTextOpen(text: string): boolean {
  try {
    const { metadata } = JSON.parse(text) as Partial<ConnectBody>;
    return metadata?.current_shopper !== undefined && !metadata.is_expired;
  } catch {
    return false;
  }
}

/** A stable hash of the id, so that numeric ids are the same after a restart. */
function hashOrderId(orderId: string): number {
  let hash = 7;
  for (const letter of orderId) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 20_000;
  return hash;
}
