import { dayMs, toTimestamp } from './clock';
import type { ConnectBody, ConnectChatMessage, ConnectUser } from './connect-body';
import type { Step } from './order-script';
import type { OrderTime } from './order-time';
import { customer, phoneNumbers, shoppers, type Person, type ShopperKey } from './people';

export type OrderRun = {
  connectOrderId: number;
  firstId: number;
  /** The clock time of the first request. */
  openedAtMs: number;
  steps: Step[];
  time: OrderTime;
  pictureBase: string;
};

/** Connect's answer now: the steps that have happened in the order's time. */
export function composeOrderBody(run: OrderRun, nowMs: number): ConnectBody {
  const elapsedMs = run.time.elapsedMs(nowMs);
  const body: ConnectBody = {
    chat_messages: [],
    lifecycle_messages: [],
    metadata: {
      customer: toConnectUser(customer, run.pictureBase),
      shoppers: [],
      is_expired: hasExpired(run.steps, elapsedMs),
    },
  };
  const happened = run.steps
    .map((step, index) => ({ step, id: toStepId(run, index) }))
    .filter(({ step }) => step.atMs <= elapsedMs)
    .sort((one, other) => one.step.atMs - other.step.atMs);

  let current: ShopperKey | undefined;
  for (const { step, id } of happened) {
    if (step.kind === 'shopper') {
      current = step.shopper;
      const user = toConnectUser(shoppers[current], run.pictureBase);
      body.metadata.current_shopper = user;
      if (!body.metadata.shoppers.some((known) => known.id === user.id))
        body.metadata.shoppers.push(user);
    }
    if (step.kind === 'notice') body.lifecycle_messages.push(...toNotices(run, step, id));
    if (step.kind === 'message' && !body.metadata.is_expired)
      body.chat_messages.push(toChatMessage(run, step, id, elapsedMs, step.shopper ?? current));
  }
  // It is not documented that notices stay after the chat, and current_shopper after the end of the order.
  return body;
}

/** Connect rejects messages without a shopper. A rejection after the end of the order is not documented. */
export function isChatOpen(run: OrderRun, nowMs: number): boolean {
  const elapsedMs = run.time.elapsedMs(nowMs);
  const happened = run.steps.filter((step) => step.atMs <= elapsedMs);
  return (
    happened.some((step) => step.kind === 'shopper') &&
    !happened.some((step) => step.kind === 'delivered' || step.kind === 'cancelled')
  );
}

/** Step ids differ by ten, because a notice needs an id for each medium. */
export function toStepId(run: OrderRun, index: number): number {
  return run.firstId + index * 10;
}

export function toConnectUser(person: Person, pictureBase: string): ConnectUser {
  return {
    id: person.id,
    display_name: person.name,
    avatar_url: person.avatar && `${pictureBase}/pictures/avatar/${person.avatar}.svg`,
  };
}

export function hasExpired(steps: Step[], elapsedMs: number): boolean {
  return steps.some(
    (step) =>
      (step.kind === 'delivered' || step.kind === 'cancelled') && elapsedMs - step.atMs > dayMs,
  );
}

function toChatMessage(
  run: OrderRun,
  step: Extract<Step, { kind: 'message' }>,
  id: number,
  elapsedMs: number,
  shopper: ShopperKey = 'zelma',
): ConnectChatMessage {
  const shopperId = shoppers[shopper].id;
  const fromCustomer = step.from === 'user';
  const readAtMs = step.readAfterMs === undefined ? undefined : step.atMs + step.readAfterMs;
  const read = readAtMs !== undefined && readAtMs <= elapsedMs;
  return {
    id,
    order_id: run.connectOrderId,
    created_at: toTimestamp(run.time.momentOf(step.atMs)),
    recipient_id: fromCustomer ? shopperId : customer.id,
    recipient_type: fromCustomer ? 'driver' : 'user',
    sender_id: fromCustomer ? customer.id : shopperId,
    sender_type: step.from,
    read,
    ...(read && { read_at: toTimestamp(run.time.momentOf(readAtMs)) }),
    body: step.body,
    ...(step.image && { image: new URL(step.image, run.pictureBase).href }),
  };
}

/** One entry per medium, with separate ids and times that differ by up to a second. */
function toNotices(run: OrderRun, step: Extract<Step, { kind: 'notice' }>, id: number) {
  const deliveredAtMs = run.time.momentOf(step.atMs);
  return step.media.map((medium, index) => {
    const createdAtMs = deliveredAtMs - (index === 1 ? 1_000 : 2_000);
    return {
      notification_id: id + index,
      medium,
      ...(medium === 'sms' && {
        recipient_phone_number: phoneNumbers.customer,
        sent_from: phoneNumbers.sender,
      }),
      created_at: toTimestamp(createdAtMs),
      sent_at: toTimestamp(deliveredAtMs - 1_000),
      delivered_at: toTimestamp(deliveredAtMs),
      body: step.body,
      ...(step.image && { image: new URL(step.image, run.pictureBase).href }),
    };
  });
}
