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
/** Per order. While Connect throttles nearly every poll gets another `pollAfterMs`. */
const MAX_REPRESENTATIONS = 8;

const compress = promisify(gzip);

type Moment = Pick<OrderView, 'stale'> & { asOfMs: number; pollAfterMs: number | undefined };
type Variant = Moment & { isReadOnly: boolean };

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

type Kept = { variant: Variant; representation: Representation };

const keptByOrder = new WeakMap<SerializedOrder, Kept[]>();

/** Returns the same object for the same order, kind of link and moment. */
export function toRepresentation(
  order: SerializedOrder,
  isReadOnly: boolean,
  moment: Moment,
): Representation {
  const variant = { ...moment, isReadOnly };
  const kept = keptByOrder.get(order) ?? [];
  keptByOrder.set(order, kept);
  const index = kept.findIndex((entry) => hasSameEtag(entry.variant, variant));
  const known = kept[index];
  if (known?.variant.asOfMs === variant.asOfMs) return known.representation;
  const etag = known?.representation.etag ?? toEtag(order, variant);
  const representation = createRepresentation(etag, toBody(order, variant));
  if (index >= 0) kept[index] = { variant, representation };
  else if (kept.push({ variant, representation }) > MAX_REPRESENTATIONS) kept.shift();
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
  const isWorthZipping = toByteLength(body) >= MIN_GZIP_BYTES;
  let plain: Uint8Array<ArrayBuffer> | undefined;
  let zipped: Uint8Array<ArrayBuffer> | undefined;
  let zipping: Promise<void> | undefined;

  async function compressBody(): Promise<void> {
    if (!isWorthZipping) return;
    // Copied, because zlib returns a slice of a larger buffer that would stay in memory.
    zipped = new Uint8Array(await compress(Buffer.concat(body)));
  }

  return {
    etag,
    plain: () => (plain ??= Buffer.concat(body)),
    zip: () => (zipping ??= compressBody()),
    needsZip: () => isWorthZipping && !zipped,
    zipped: () => zipped,
  };
}
