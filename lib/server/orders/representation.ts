import 'server-only';
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { OrderView } from '@/lib/order/order-view';
import type { SerializedOrder } from './serialized-order';

// Views as they are sent: hashed and compressed once for all who are told the same.

// What fits into one packet gains nothing.
const MIN_GZIP_BYTES = 1_024;
// Of one order at a time. While Connect throttles nearly every poll is told another pace.
const MAX_VIEWS = 8;

const compress = promisify(gzip);

type Moment = Pick<OrderView, 'stale'> & { asOfMs: number; pollAfterMs: number | undefined };

export type Representation = {
  /** Over what the customer sees: asOf moves with every reading and would make each answer new. */
  etag: string;
  /** Kept from the first time on, but few ever ask: nearly all are told "unchanged" or take it compressed. */
  plain(): Uint8Array<ArrayBuffer>;
  /** Compresses it, for `zipped`; not what is too small to gain by it. */
  zip(): Promise<void>;
  needsZip(): boolean;
  zipped(): Uint8Array<ArrayBuffer> | undefined;
};

/** With whom and what it is for. */
export type KeptView = Representation & Moment & { isReadOnly: boolean };

/** The same object for the same reading, reader and moment. */
export function toRepresentation(
  { views, standing, standingHash, chatState }: SerializedOrder,
  isReadOnly: boolean,
  { asOfMs, stale, pollAfterMs }: Moment,
): Representation {
  const index = views.findIndex(
    (view) =>
      view.isReadOnly === isReadOnly && view.stale === stale && view.pollAfterMs === pollAfterMs,
  );
  const known = views[index];
  if (known?.asOfMs === asOfMs) return known;
  const canReply = chatState === 'open' && !isReadOnly;
  const told = { asOf: new Date(asOfMs).toISOString(), stale, pollAfterMs };
  const rest = `,"canReply":${canReply}},${JSON.stringify(told).slice(1)}`;
  const tag = () =>
    hash('sha256', `${standingHash} ${isReadOnly} ${stale} ${pollAfterMs}`, 'base64url');
  const etag = known?.etag ?? `W/"${tag().slice(0, 27)}"`;
  const length = standing.length + rest.length;
  const toBytes = () => Buffer.concat([standing, Buffer.from(rest)]);
  let plain: Uint8Array<ArrayBuffer> | undefined;
  let zipped: Uint8Array<ArrayBuffer> | undefined;
  let zipping: Promise<void> | undefined;
  const view: KeptView = {
    ...{ isReadOnly, stale, pollAfterMs, asOfMs, etag },
    plain: () => (plain ??= toBytes()),
    zip: () =>
      (zipping ??=
        length < MIN_GZIP_BYTES
          ? Promise.resolve()
          : compress(toBytes()).then((piece) => {
              // Copied: zlib hands out a piece of the 16 KB that it wrote to.
              zipped = new Uint8Array(piece);
            })),
    needsZip: () => !zipped && length >= MIN_GZIP_BYTES,
    zipped: () => zipped,
  };
  if (index >= 0) views[index] = view;
  else if (views.push(view) > MAX_VIEWS) views.shift();
  return view;
}
