import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { ImageHost } from '@/lib/server/config/image-hosts';
import type { ConnectClient } from '@/lib/server/connect/client';
import type { OrderDetailsReader } from './order-details';
import { serializeOrder, withDetails, type SerializedOrder } from './serialized-order';
import { toOrderSnapshot, UNAVAILABLE_SNAPSHOT } from './to-order-view';

/** Reads an order from Connect. Throws Problem order_not_found or one of the upstream codes. */
export type LoadOrder = (
  orderId: string,
  userId: string,
  /** Returned again if Connect's responses have not changed. */
  known: SerializedOrder | undefined,
) => Promise<SerializedOrder>;

// Where shopper information is removed, the messages are always refused, so only the order is read in between.
const REFUSED_MS = 600_000;

export function createLoadOrder(
  connect: Pick<ConnectClient, 'getOrderMessages'>,
  orderDetails: OrderDetailsReader,
  options: { imageHosts: readonly ImageHost[]; hasChat: boolean; now: () => number },
): LoadOrder {
  const { imageHosts, hasChat, now } = options;

  async function loadMessages(
    orderId: string,
    userId: string,
    known: SerializedOrder | undefined,
  ): Promise<SerializedOrder> {
    const result = await connect.getOrderMessages(orderId, userId, { knownDigest: known?.digest });
    switch (result.kind) {
      case 'chat-unavailable':
        return { ...serializeOrder(UNAVAILABLE_SNAPSHOT), refusedAtMs: now() };
      case 'unchanged':
        if (!known) throw new Problem('upstream_invalid');
        return known;
      case 'messages': {
        const { messages, digest } = result;
        return serializeOrder(await toOrderSnapshot(messages, { imageHosts, hasChat, digest }));
      }
    }
  }

  function findRefused(known: SerializedOrder | undefined): SerializedOrder | undefined {
    const isRefused = known?.refusedAtMs !== undefined && now() - known.refusedAtMs < REFUSED_MS;
    return isRefused && known.order ? known : undefined;
  }

  return async function loadOrder(orderId, userId, known) {
    const refused = findRefused(known);
    // The messages are requested first, because they matter most.
    const loading = refused ?? loadMessages(orderId, userId, known);
    const reading = orderDetails.start(orderId, userId, !refused);
    const order = await loading;
    return withDetails(order, await reading.finish(order.updatesKey), now());
  };
}
