import 'server-only';
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { OrderView } from '@/lib/order/order-view';
import { toByteLength, toJson, toJsonObject, type Json } from './json-members';
import type { SerializedOrder } from './serialized-order';

// Representations (RFC 9110 §3.2) of an order: hashed and compressed once for all readers that get the same bytes.

/** A smaller body fits into one packet, so compressing it saves nothing. */
const MIN_GZIP_BYTES = 1_024;
/** Limit per order, needed because nearly every poll gets another `pollAfterMs` while Connect throttles. */
const MAX_REPRESENTATIONS = 8;

const compress = promisify(gzip);

type PollState = Pick<OrderView, 'stale'> & { asOfMs: number; pollAfterMs: number | undefined };
type Variant = PollState & { isReadOnly: boolean };

export type Representation = {
  /** The ETag excludes `asOf`, which changes on every upstream read. */
  etag: string;
  /** Built on the first call: most readers get a 304 or the compressed bytes. */
  plain(): Uint8Array<ArrayBuffer>;
  /** Compresses the body for `zipped`, unless it is too small. */
  zip(): Promise<void>;
  needsZip(): boolean;
  zipped(): Uint8Array<ArrayBuffer> | undefined;
};

type CachedVariant = { variant: Variant; representation: Representation };

const cachedByOrder = new WeakMap<SerializedOrder, CachedVariant[]>();

/** Returns the same object for the same order, permission and poll state. */
export function toRepresentation(
  order: SerializedOrder,
  isReadOnly: boolean,
  pollState: PollState,
): Representation {
  const variant = { ...pollState, isReadOnly };
  const cached = cachedByOrder.get(order) ?? [];
  cachedByOrder.set(order, cached);
  const index = cached.findIndex((entry) => hasSameEtag(entry.variant, variant));
  const reusable = cached[index];
  if (reusable?.variant.asOfMs === variant.asOfMs) return reusable.representation;
  const etag = reusable?.representation.etag ?? toEtag(order, variant);
  const representation = createRepresentation(etag, toBody(order, variant));
  if (index >= 0) cached[index] = { variant, representation };
  else if (cached.push({ variant, representation }) > MAX_REPRESENTATIONS) cached.shift();
  return representation;
}

function hasSameEtag(a: Variant, b: Variant): boolean {
  return a.isReadOnly === b.isReadOnly && a.stale === b.stale && a.pollAfterMs === b.pollAfterMs;
}

function toEtag({ contentHash, order }: SerializedOrder, variant: Variant): string {
  const { isReadOnly, stale, pollAfterMs } = variant;
  const shown = [contentHash, order, isReadOnly, stale, pollAfterMs];
  const tag = hash('sha256', JSON.stringify(shown), 'base64url');
  return `W/"${tag.slice(0, 27)}"`;
}

/** The body of GET /api/order/messages: an OrderView. */
function toBody(order: SerializedOrder, { isReadOnly, asOfMs, stale, pollAfterMs }: Variant): Json {
  const { chatState, unreadableCount, messages, updates, people } = order;
  return toJsonObject({
    chat: toJsonObject({
      state: toJson(chatState),
      messages,
      canReply: toJson(chatState === 'open' && !isReadOnly),
      unreadableCount: unreadableCount > 0 ? toJson(unreadableCount) : undefined,
    }),
    updates,
    people,
    access: toJson(isReadOnly ? 'read' : 'full'),
    order: order.order && toJson(order.order),
    asOf: toJson(new Date(asOfMs).toISOString()),
    stale: toJson(stale),
    pollAfterMs: pollAfterMs === undefined ? undefined : toJson(pollAfterMs),
  });
}

function createRepresentation(etag: string, body: Json): Representation {
  const isLargeEnough = toByteLength(body) >= MIN_GZIP_BYTES;
  let plain: Uint8Array<ArrayBuffer> | undefined;
  let zipped: Uint8Array<ArrayBuffer> | undefined;
  let zipping: Promise<void> | undefined;

  async function compressBody(): Promise<void> {
    if (!isLargeEnough) return;
    // zlib returns a slice of a larger buffer, which would stay in memory without this copy.
    zipped = new Uint8Array(await compress(Buffer.concat(body)));
  }

  return {
    etag,
    plain: () => (plain ??= Buffer.concat(body)),
    zip: () => (zipping ??= compressBody()),
    needsZip: () => isLargeEnough && !zipped,
    zipped: () => zipped,
  };
}
