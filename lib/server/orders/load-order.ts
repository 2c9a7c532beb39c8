import 'server-only';
import { Problem } from '@/lib/order/problem';
import type { ImageHost } from '@/lib/server/config/image-hosts';
import type { ConnectClient } from '@/lib/server/connect/client';
import { serializeOrder, type SerializedOrder } from './serialized-order';
import { toOrderSnapshot, UNAVAILABLE_SNAPSHOT } from './to-order-view';

/** Reads an order from Connect. Throws Problem order_not_found or one of the upstream codes. */
export type LoadOrder = (
  orderId: string,
  userId: string,
  /** Returned again if Connect's response has not changed. */
  known: SerializedOrder | undefined,
) => Promise<SerializedOrder>;

export function createLoadOrder(
  connect: Pick<ConnectClient, 'getOrderMessages'>,
  options: { imageHosts: readonly ImageHost[]; hasChat: boolean },
): LoadOrder {
  return async function loadOrder(orderId, userId, known) {
    const result = await connect.getOrderMessages(orderId, userId, { knownDigest: known?.digest });
    switch (result.kind) {
      case 'chat-unavailable':
        return serializeOrder(UNAVAILABLE_SNAPSHOT);
      case 'unchanged':
        if (!known) throw new Problem('upstream_invalid');
        return known;
      case 'messages': {
        const { messages, digest } = result;
        return serializeOrder(await toOrderSnapshot(messages, { ...options, digest }));
      }
    }
  };
}
