import 'server-only';
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { toByteLength, type Json } from './json-members';
import { toOrderBody, toShownProgress, type Moment, type ViewingLink } from './order-body';
import type { SerializedOrder } from './serialized-order';
import { toPickupHash } from './serialized-pickup';

// Representations (RFC 9110 §3.2) of an order: hashed and compressed once for all readers that get the same bytes.

/** A smaller body fits into one packet, so compressing it saves nothing. */
const MIN_GZIP_BYTES = 1_024;
/** Limit per order, needed because nearly every poll gets another `pollAfterMs` while Connect throttles. */
const MAX_REPRESENTATIONS = 8;

const compress = promisify(gzip);

type Variant = Moment & ViewingLink;

export type Representation = {
  /** The ETag excludes `asOf`, which changes on every upstream read. */
  etag: string;
  /** The language of the link, a BCP 47 tag. */
  locale: string | undefined;
  /** Built on the first call: most readers get a 304 or the compressed bytes. */
  plain(): Uint8Array<ArrayBuffer>;
  /** Compresses the body for `zipped`, unless it is too small. */
  zip(): Promise<void>;
  needsZip(): boolean;
  zipped(): Uint8Array<ArrayBuffer> | undefined;
};

type CachedVariant = { variant: Variant; representation: Representation };

const cachedByOrder = new WeakMap<SerializedOrder, CachedVariant[]>();

/** Returns the same object for the same order, moment, and access, number and locale of the link. */
export function toRepresentation(
  order: SerializedOrder,
  { access, number, locale }: ViewingLink,
  moment: Moment,
): Representation {
  const variant = { ...moment, access, number, locale };
  const cached = cachedByOrder.get(order) ?? [];
  cachedByOrder.set(order, cached);
  const index = cached.findIndex((entry) => hasSameEtag(entry.variant, variant));
  const reusable = cached[index];
  if (reusable?.variant.asOfMs === variant.asOfMs) return reusable.representation;
  const etag = reusable?.representation.etag ?? toEtag(order, variant);
  const body = toOrderBody(order, variant, variant);
  const representation = createRepresentation({ etag, locale }, body);
  if (index >= 0) cached[index] = { variant, representation };
  else if (cached.push({ variant, representation }) > MAX_REPRESENTATIONS) cached.shift();
  return representation;
}

function hasSameEtag(a: Variant, b: Variant): boolean {
  return (
    a.access === b.access &&
    a.number === b.number &&
    a.locale === b.locale &&
    a.stale === b.stale &&
    a.pollAfterMs === b.pollAfterMs
  );
}

function toEtag(order: SerializedOrder, variant: Variant): string {
  const { access, locale, stale, pollAfterMs } = variant;
  // The tag of a share link must not change with texts that the link does not show.
  const content = access === 'share' ? [] : toContentHashes(order);
  const shown = [content, toShownProgress(order, variant), access, locale, stale, pollAfterMs];
  const tag = hash('sha256', JSON.stringify(shown), 'base64url');
  return `W/"${tag.slice(0, 27)}"`;
}

function toContentHashes({ contentHash, items, pickup }: SerializedOrder) {
  return [contentHash, items?.contentHash, pickup && toPickupHash(pickup)];
}

function createRepresentation(
  { etag, locale }: Pick<Representation, 'etag' | 'locale'>,
  body: Json,
): Representation {
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
    ...{ etag, locale },
    plain: () => (plain ??= Buffer.concat(body)),
    zip: () => (zipping ??= compressBody()),
    needsZip: () => isLargeEnough && !zipped,
    zipped: () => zipped,
  };
}
